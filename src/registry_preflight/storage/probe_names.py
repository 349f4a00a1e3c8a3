"""The names under which a run rehearses: in the registry's own layout, and known again by a later run.

A probe repository holds `_uploads` only: the catalog and the garbage collector look for `_layers` (2.x, seen on 2.8.2)
or `_manifests` (3.x), so neither takes it for a repository, and the purge of old uploads removes what is in it. A probe
blob is one that no manifest names, which garbage collection removes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

MARK = "registry-preflight-"
BLOB_SIZE = 4096
PREFIX = re.compile(r"[0-9a-f]{2}\Z")
#: What a probe blob may be for; their names follow from it, so that `cleanup` finds them.
PURPOSES = ("move", "remove")
#: The same in an object store, of what shows whether there is room for a large layer.
ROOM = ("room", "room again", "room once more")
#: And where a store takes no parts from other objects: copies of what was sent, as many as fill 80 MiB beside two more.
ROOM_BY_COPIES = tuple(f"room {number}" for number in range(1, 15))
#: With one of 256 directories there, one try in 256 hits it: this many miss all of them once in 3,000 times.
_TRIES = 2048


def repository(run_id: str) -> str:
    """The name of a run's repository: valid in every release."""
    return MARK + ("-".join(re.findall(r"[a-z0-9]+", run_id.lower())) or "run")


def run_of(name: str) -> str:
    """The run that a repository of this name belongs to; empty where it is not one of ours.

    An image of the user's may be called registry-preflight-notes: only the stamp and the random end of `new_run_id` count.
    """
    found = re.fullmatch(re.escape(MARK) + r"([0-9]{14}-[0-9a-f]{8})", name)
    return found[1] if found else ""


def _run(run_id: str) -> str:
    return repository(run_id).removeprefix(MARK)


def upload(run_id: str, purpose: str) -> str:
    """The id of an upload, in the shape of the registry's own: the purge of old uploads goes by it."""
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{repository(run_id)}/{purpose}"))


def blob_content(run: str, purpose: str, number: int) -> str:
    """What is repeated in a probe blob."""
    return f"registry-preflight {run} {purpose} {number}\n"


def _place(run: str, purpose: str, number: int) -> tuple[str, ...]:
    import hashlib

    piece = blob_content(run, purpose, number).encode()
    whole = (piece * (BLOB_SIZE // len(piece) + 1))[:BLOB_SIZE]
    digest = hashlib.sha256(whole).hexdigest()
    return ("blobs", "sha256", digest[:2], digest)


def blob_number(run_id: str, purpose: str, usable: Collection[str]) -> int:
    """The first number whose digest begins like one of the `usable` directories; 0 where there are none.

    A directory that a running registry may need at any moment is not made and removed under its feet.
    """
    run = _run(run_id)
    hits = (number for number in range(_TRIES) if _place(run, purpose, number)[2] in usable)
    return next(hits, 0) if usable else 0


def blob_place(run_id: str, purpose: str, number: int) -> tuple[str, ...]:
    """Where the blob of that number goes, below the registry's directory in the root."""
    return _place(_run(run_id), purpose, number)


def object_blob(run_id: str, purpose: str) -> tuple[str, ...]:
    """Where an object store's probe blob goes: under the digest of its name, for nobody ever asks for its content."""
    import hashlib

    digest = hashlib.sha256(f"{repository(run_id)}/{purpose}".encode()).hexdigest()
    return ("blobs", "sha256", digest[:2], digest, "data")


def blob_places(run: str) -> Iterator[tuple[str, ...]]:
    """Every place where a run of this name may have left a blob."""
    return (_place(run, purpose, number) for purpose in PURPOSES for number in range(_TRIES))
