"""Whether the user can remove the blobs that are stored already."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, FilesystemStorage, Finding, check

from ._terms import MOUNTED, unremovable


@check(
    "filesystem.existing-blobs",
    storage=FilesystemStorage,
    needs=[MOUNTED],
    touches="reads",
    drivers=["filesystem"],
    stages=[GC],
)
def existing_blobs(storage: FilesystemStorage) -> Iterator[Finding]:
    """The blobs that are there can be collected by the registry's user.

    Garbage collection removes blobs with their directories, which takes the right to write to both. It ends with an error at
    the first one that its user may not remove (2.8.2, seen). In a directory with the sticky bit only owners may remove.
    """
    yield from unremovable(
        storage,
        ("uncollectable", "blob"),
        "blobs",
        "Garbage collection ends with an error at the first such blob that nobody uses any more.",
        GC,
    )
