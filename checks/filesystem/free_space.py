"""How much room there is."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, FilesystemStorage, Finding, blocker, check

from ._terms import ROOT, SURELY_TOO_LITTLE, WHERE, size


@check(
    "filesystem.free-space",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[PUSH],
)
def free_space(storage: FilesystemStorage) -> Iterator[Finding]:
    """The file system has the free space that was asked for.

    Counted where the data will lie, as `df` counts: without the blocks that are reserved for root. The registry has no
    limit of its own, deletes nothing by itself, and meets a full disk in the middle of a layer. Releases before 3.0
    then leave empty files behind, which break later pulls and garbage collection.

    The amount is `--min-free`: a rule for a registry that shall live for a while, and no fact about the next push.
    """
    space = storage.space
    full = space.free_for_root < SURELY_TOO_LITTLE
    if space.free >= storage.options.min_free and not full:
        return
    reserved = f" Another {size(space.reserved)} are reserved for root." if space.reserved else ""
    yield blocker(
        what=f"{size(space.free)} are free at {storage.data_directory}, of {size(space.total)}.{reserved}",
        why="Not even one image of 40 MB fits: the push fails." if full
        else f"That is less than the {size(storage.options.min_free)} asked for with --min-free; pushes fail once it is used up.",
        fix="Free or add space, choose another root directory, or ask for less with --min-free.",
        where=WHERE,
        breaks=[PUSH] if full else [],
        evidence=[str(storage.mount or ""), f"{space.free} bytes free, {space.free_for_root} for root, {space.total} in all"],
    )  # fmt: skip
