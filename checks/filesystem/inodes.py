"""How many more files there may be."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, CannotTell, FilesystemStorage, Finding, blocker, check, warning

from ._terms import IMAGE_INODES, ROOT, WHERE

#: With fewer than this many, df shows plenty of space and pushes fail soon: about 300 images.
FEW = 10_000
#: A repository of one name level instead of two, and blobs whose directories exist already, save this many.
MAY_BE_SAVED = 5


@check(
    "filesystem.inodes", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"], stages=[PUSH]
)
def inodes(storage: FilesystemStorage) -> Iterator[Finding]:
    """The file system has inodes left.

    A registry stores few bytes in many files: an image of two layers takes about 36 files and directories (2.8.2,
    counted). A file system that has run out of inodes refuses the next directory with `no space left on device`, while
    `df` still shows free space; `df -i` shows the truth. Some file systems (btrfs, many network shares) have no limit.
    """
    space = storage.space
    if not space.inodes:
        return
    needed = IMAGE_INODES + storage.missing_directories
    if space.free_inodes >= needed + FEW:
        return
    counted = f"{space.free_inodes} inodes are free at {storage.data_directory}, of {space.inodes}."
    fix = "Make the file system anew with more inodes (mkfs -N, on tmpfs nr_inodes), remove small files, or choose another one."
    why = (
        "A push makes some 40 files and directories, and fails with `no space left on device` although df shows space."
    )
    if space.free_inodes < needed - MAY_BE_SAVED:
        yield blocker(what=counted, why=why, fix=fix, where=WHERE, breaks=[PUSH], evidence=str(storage.mount or ""))
        return
    yield warning(what=counted, why=why, fix=fix, where=WHERE, evidence=str(storage.mount or ""))
    if space.free_inodes < needed:
        raise CannotTell(f"{space.free_inodes} free inodes may or may not be enough for one image")
