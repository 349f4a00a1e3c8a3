"""What is in a bucket already and how it is set up: read once, and never changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from registry_preflight.check import DELETE, GC, PULL, Stage
from registry_preflight.storage import probe_names
from registry_preflight.storage.s3_answers import Element, S3Refusal
from registry_preflight.storage.steps import Step, Steps

if TYPE_CHECKING:
    from registry_preflight.storage.s3 import S3Storage
    from registry_preflight.storage.s3_bodies import Listing, Object

#: The settings of a bucket that bear on a registry, by the name in the request, with the root of a proper answer.
SETTINGS = {
    "object-lock": "ObjectLockConfiguration",
    "versioning": "VersioningConfiguration",
    "lifecycle": "LifecycleConfiguration",
    "encryption": "ServerSideEncryptionConfiguration",
    "ownershipControls": "OwnershipControls",
    "requestPayment": "RequestPaymentConfiguration",
    "policyStatus": "PolicyStatus",
    "replication": "ReplicationConfiguration",
}
#: Keys that one look at each side of the store takes in.
_LOOK = 1000
#: How many of each kind are read: the last, which is of another repository than the first where there are two.
_SAMPLES = {"layer link": 1, "manifest link": 2, "tag": 1}
#: Directories at the top of a bucket that are looked into.
_ROOTS = 5
_DIGEST = re.compile(rb"(sha256|sha512):([0-9a-f]{64,128})\Z")
#: A whole link, to the last byte: the registry takes no line end behind it (2.8.2, seen).
_LINK = re.compile(rb"sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}")
_LINK_SIZES = frozenset({71, 103, 135})
#: So many links of a strange size are read.
_STRANGE = 5
_KINDS: dict[str, tuple[str, tuple[Stage, ...]]] = {
    "layer link": ("/_layers/", (PULL,)),
    "manifest link": ("/_manifests/revisions/", (PULL, DELETE)),
    "tag": ("/current/link", (PULL, DELETE)),
}


class Seen(NamedTuple):
    """An object of the user that was read, or not: what it is, its key, the stages that read such, the refusal."""

    kind: str
    key: str
    stages: tuple[Stage, ...]
    error: S3Refusal | None


class Unlinked(NamedTuple):
    """A link of the user's that names no digest: what it is, its key, whether garbage collection reads such."""

    kind: str
    key: str
    collected: bool


class Survey:
    """What the bucket shows of itself to the registry's credentials."""

    def __init__(self, storage: S3Storage) -> None:
        self._storage = storage
        self._list = storage.list_v2 if storage.config.release.at_least("2.7") else storage.list_v1
        # The collection of 3.x reads the links of all layers (garbagecollect.go of 3.0 and 3.1).
        self._collected = ("layer link", "manifest link") if storage.config.release.major >= 3 else ("manifest link",)
        work: dict[str, Callable[[], object]] = {name: partial(storage.sub_resource, name) for name in SETTINGS}
        work["repositories"] = lambda: self._list(f"{storage.place('repositories')}/", "", _LOOK)
        work["blobs"] = lambda: self._list(f"{storage.place('blobs')}/", "", _LOOK)
        work["images"] = self._read_images
        work["unlinked"] = self._find_unlinked
        work["head"] = storage.head_bucket
        work["stale"] = lambda: storage.list_uploads(f"{storage.root}/" if storage.root else "")
        work["elsewhere"] = self._look_elsewhere
        self._steps = Steps(work, "s3 survey")

    def begin(self, *names: str) -> None:
        """See to it that these are under way."""
        self._steps.begin(*names)

    def step(self, name: str) -> Step:
        """What became of one of the looks."""
        return self._steps.result(name)

    def setting(self, name: str) -> Element | None:
        """A part of the bucket's configuration; `None` where it is not set, not known to the store, or not ours to see."""
        step = self._steps.result(name)
        root = step.value
        # Ceph answers what it does not know with a listing and 200.
        return root if isinstance(root, Element) and root.name == SETTINGS[name] else None

    def hidden(self, name: str) -> S3Refusal | None:
        """The refusal, where the credentials may not see a setting; it says nothing about the registry."""
        error = self._steps.result(name).error
        return error if error is not None and not error.missing else None

    @property
    def retention(self) -> bool:
        """Whether the bucket locks each new version for a while."""
        lock = self.setting("object-lock")
        return lock is not None and any(rule.get("DefaultRetention/Mode") for rule in lock.each("Rule"))

    @property
    def objects(self) -> tuple[Object, ...]:
        """Some of the registry's objects in the bucket, probes left out."""
        steps = [self._steps.result(name) for name in ("repositories", "blobs")]
        listed = [cast("Listing", step.value).objects for step in steps if step.ok]
        own = probe_names.MARK
        return tuple(one for objects in listed for one in objects if own not in one.key)

    @property
    def images(self) -> list[Seen]:
        """A few of the user's links and blobs, with what came of reading them; none where nothing could be listed."""
        step = self._steps.result("images")
        return cast("list[Seen]", step.value) if step.ok else []

    @property
    def looked(self) -> bool:
        """Whether the credentials could see what is in the store."""
        return self._steps.result("repositories").ok

    def _look_elsewhere(self) -> list[str]:
        """Other root directories in the bucket below which there is a registry: its top, and what lies there."""
        top = self._list("", "/", 100)
        roots = [name.rstrip("/") for name in top.prefixes if name != "docker/"][:_ROOTS]
        roots += [""] if "docker/" in top.prefixes else []
        found = []
        for root in roots:
            place = f"{root}/docker/registry/v2/repositories/".lstrip("/")
            if root != self._storage.root and self._list(place, "/", 1).prefixes:
                found.append(root)
        return found

    def _read_images(self) -> list[Seen]:
        self._steps.begin("repositories")
        listing = cast("Listing", self._steps.need("repositories"))
        keys = [one.key for one in listing.objects if probe_names.MARK not in one.key]
        links = [link for kind in _KINDS for link in _some(kind, keys)]
        missing = {"manifest link", "tag"} - {kind for kind, _ in links}
        if missing and keys:
            repository = keys[0].partition("/_")[0]
            more = [one.key for one in self._list(f"{repository}/_manifests/", "", 50).objects]
            links += [link for kind in sorted(missing) for link in _some(kind, more)]
        return self._read_all(links)

    def _read_all(self, links: list[tuple[str, str]]) -> list[Seen]:
        """Read links, and the blobs that they name."""
        pairs = self._at_once([(kind, key) for kind, key in links])
        blobs: dict[str, tuple[str, str]] = {}
        seen = [Seen(kind, key, self._readers(kind), step.error) for (kind, key), step in pairs]
        for (kind, _), step in pairs:
            found = _DIGEST.match(cast("bytes", step.value or b"").strip())
            if found:
                algorithm, digest = found[1].decode(), found[2].decode()
                key = self._storage.place("blobs", algorithm, digest[:2], digest, "data")
                blobs.setdefault(key, (kind, key))
        for (kind, key), step in self._at_once(list(blobs.values())):
            # A delete reads links alone (2.8.2, seen); a garbage collection reads every manifest.
            name, stages = ("layer", (PULL,)) if kind == "layer link" else ("manifest", (PULL, GC))
            seen.append(Seen(name, key, stages, step.error))
        return seen

    def _readers(self, kind: str) -> tuple[Stage, ...]:
        return (*_KINDS[kind][1], GC) if kind in self._collected else _KINDS[kind][1]

    def _find_unlinked(self) -> list[Unlinked]:
        """Links whose size is no digest's, read to make sure."""
        strange = [
            (kind, one.key) for one in self.objects if one.size not in _LINK_SIZES and (kind := _kind_of(one.key))
        ]
        return [
            Unlinked(kind, key, kind in self._collected)
            for (kind, key), step in self._at_once(strange[:_STRANGE])
            if step.ok and not _LINK.fullmatch(cast("bytes", step.value))
        ]

    @property
    def unlinked(self) -> list[Unlinked]:
        """Links that name no digest, as far as the first page of the listing shows them."""
        step = self._steps.result("unlinked")
        return cast("list[Unlinked]", step.value) if step.ok else []

    def _content(self, key: str) -> bytes:
        try:
            return self._storage.get(key).body
        except S3Refusal as refusal:
            if refusal.code != "InvalidRange":
                raise
            return b""  # an object without content has no bytes from 0 on; the driver takes that for what it is

    def _at_once(self, wanted: list[tuple[str, str]]) -> list[tuple[tuple[str, str], Step]]:
        reads = Steps({key: partial(self._content, key) for _, key in wanted}, "s3 read")
        reads.begin(*(key for _, key in wanted))
        return [((kind, key), reads.result(key)) for kind, key in wanted]


def _kind_of(key: str) -> str:
    """What kind of link a key is; empty where it is none, or one of a tag's history."""
    if not key.endswith("/link") or "/index/" in key:
        return ""
    return next((kind for kind, (mark, _) in _KINDS.items() if mark in key), "")


def _some(kind: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    """The first and the last link of a kind."""
    mark = _KINDS[kind][0]
    found = [key for key in keys if mark in key and key.endswith("/link") and ("/tags/" not in key or kind == "tag")]
    return [(kind, key) for key in dict.fromkeys([*found[-1:], *found[:1]])][: _SAMPLES[kind]]
