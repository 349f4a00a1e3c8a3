"""Whether the user can add to the directories of the blobs."""

from __future__ import annotations

import os
from collections.abc import Iterator

from registry_preflight import PUSH, CannotTell, FilesystemStorage, Finding, blocker, check

from ._terms import MOUNTED, WHERE, give, shown

ALL = 256
#: An image has four blobs or more. With three quarters of the directories closed, one push in 256 works.
HOPELESS = 0.75


@check(
    "filesystem.blob-directories",
    storage=FilesystemStorage,
    needs=[MOUNTED],
    touches="reads",
    drivers=["filesystem"],
    stages=[PUSH],
)
def blob_directories(storage: FilesystemStorage) -> Iterator[Finding]:
    """New blobs can be added to the directories that are there.

    Blobs lie in up to 256 directories, by the first two digits of their digest, each made when it is first needed. If
    some of them were made by a registry that ran as another user, a push fails or not depending on the digests of its
    layers.
    """
    prefixes = storage.writable_prefixes
    closed = [prefix for prefix, writable in prefixes.items() if not writable]
    base = storage.place("blobs", "sha256")
    may_add = not prefixes or storage.allowed(base, os.W_OK | os.X_OK)
    lost = len(closed) + (0 if may_add else max(0, ALL - len(prefixes)))
    if not lost:
        return
    yield blocker(
        what=f"{storage.user} may not write to {lost} of the {ALL} directories that {base} has or will have.",
        why="A push fails with 500 as soon as the digest of one of its layers belongs there.",
        fix=give(storage.uid, storage.absolute),
        where=WHERE,
        breaks=[PUSH] if lost >= ALL * HOPELESS else [],
        evidence=shown([f"{base}/{prefix}" for prefix in closed[:5]], len(closed)) or [base],
    )
    if lost < ALL * HOPELESS:
        raise CannotTell(
            f"a push fails or works by chance: {lost} of {ALL} directories of the blobs are closed to {storage.user}"
        )
