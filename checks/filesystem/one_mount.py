"""Whether uploads and blobs lie on one mount."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, FilesystemStorage, Finding, blocker, check, warning

from ._terms import ROOT, WHERE

FIX = "Mount one volume on the root directory itself, or above it, and none inside of it."


@check(
    "filesystem.one-mount",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[PUSH],
)
def one_mount(storage: FilesystemStorage) -> Iterator[Finding]:
    """Uploads and blobs lie on the same mount.

    An upload is written below `repositories` and then renamed to its place below `blobs`. The kernel renames within one
    mount only: with a volume of its own for either of them each push fails at the end of its first layer, even if both
    volumes show the same disk (2.8.2, seen with tmpfs and with a bind mount). Pulls, deletes and garbage collection
    still work.
    """
    uploads = storage.mount_at(storage.place("repositories"))
    blobs = storage.mount_at(storage.place("blobs", "sha256"))
    if uploads != blobs:
        yield blocker(
            what=f"{storage.place('repositories')} and {storage.place('blobs')} are on different mounts.",
            why="A layer is renamed from the one to the other, which Linux refuses across mounts (EXDEV): no push ends well.",
            fix=FIX,
            where=WHERE,
            breaks=[PUSH],
            evidence=[str(uploads), str(blobs)],
        )
    for mount in (*storage.mounts_inside("repositories"), *storage.mounts_inside("blobs/sha256")):
        yield warning(
            what=f"Another file system is mounted on {mount.point}, inside the store.",
            why="Pushes fail that have to rename a layer into it or out of it: those of the repositories or digests there.",
            fix=FIX,
            where=WHERE,
            evidence=str(mount),
        )
