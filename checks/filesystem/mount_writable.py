"""Whether the mounts under the store take writes."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, FilesystemStorage, Finding, Stage, blocker, check

from ._terms import ROOT, WHERE

PARTS = {"repositories": (PUSH, DELETE), "blobs": (PUSH, GC)}


@check(
    "filesystem.mount-writable",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[PUSH, DELETE, GC],
)
def mount_writable(storage: FilesystemStorage) -> Iterator[Finding]:
    """The root directory lies on a file system that is mounted for writing.

    A registry on a read-only mount starts and serves pulls; pushes and deletes answer 500, and garbage collection
    stops at the first blob that it wants to remove (2.8.2, seen). A file system that was mounted for writing and has
    turned read-only by itself has met errors on the disk.
    """
    broken: dict[str, list[Stage]] = {}
    for part, stages in PARTS.items():
        mount = storage.mount_at(storage.place(part))
        if mount is not None and mount.read_only:
            broken.setdefault(str(mount), []).extend(stages)
    for mount_text, found in broken.items():
        breaks = [stage for stage in (PUSH, DELETE, GC) if stage in found]
        if not storage.exists(storage.place("repositories")):
            breaks = [PUSH, PULL, DELETE, GC]  # there is no store, and none can be made
        yield blocker(
            what=f"{storage.absolute} is on a file system that is mounted read-only: {mount_text}.",
            why="The registry starts, and everything that writes fails with `read-only file system`.",
            fix="Mount it for writing (in a container: without :ro or readOnly). If nobody asked for read-only, read the"
            " kernel's log: Linux turns a file system read-only when its disk fails.",
            where=WHERE,
            breaks=breaks,
            evidence=mount_text,
        )
