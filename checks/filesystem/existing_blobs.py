"""Whether the user can remove the blobs that are stored already."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, CannotTell, FilesystemStorage, Finding, blocker, check

from ._terms import MOUNTED, WHERE, give, shown


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
    survey = storage.survey
    closed, there = survey.count("uncollectable"), survey.count("blob")
    if not closed:
        return
    yield blocker(
        what=f"{storage.user} may not remove {closed} of {there} blobs in {storage.absolute}.",
        why="Garbage collection ends with an error at the first such blob that nobody uses any more.",
        fix=give(storage.uid, storage.absolute),
        where=WHERE,
        breaks=[GC] if closed == there else [],
        evidence=shown(survey.examples["uncollectable"], closed),
    )
    if closed < there:
        raise CannotTell(
            f"{storage.user} may remove some blobs of the store and not others: {survey.examples['uncollectable'][0]}"
        )
