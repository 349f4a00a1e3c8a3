"""Whether the user can remove what is stored already."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, CannotTell, FilesystemStorage, Finding, Stage, blocker, check

from ._terms import MOUNTED, WHERE, shown


@check(
    "filesystem.existing-removable",
    storage=FilesystemStorage,
    needs=[MOUNTED],
    touches="reads",
    drivers=["filesystem"],
    stages=[DELETE, GC],
)
def existing_removable(storage: FilesystemStorage) -> Iterator[Finding]:
    """The images that are there can be removed by the registry's user.

    To remove a file takes the right to write to its directory. In a store that another user filled, a delete answers
    500 and garbage collection stops at the first blob, while pulls and perhaps even pushes work (2.8.2, seen). In a
    directory with the sticky bit only owners may remove.
    """
    survey = storage.survey
    mixed = []
    for kind, of, stage, what in (
        ("undeletable", "manifests", DELETE, "manifests of {} of {} repositories"),
        ("uncollectable", "blob", GC, "{} of {} blobs"),
    ):
        closed, there = survey.count(kind), survey.count(of)
        if not closed:
            continue
        yield _finding(storage, what.format(closed, there), stage if closed == there else None, shown(survey.examples[kind], closed))
        if closed < there:
            mixed.append(what.format(closed, there))
    if mixed:
        raise CannotTell(f"the registry's user may not remove {' and '.join(mixed)}, and may remove the others")


def _finding(storage: FilesystemStorage, what: str, breaks: Stage | None, examples: list[str]) -> Finding:
    return blocker(
        what=f"{storage.user} may not remove the {what} in {storage.absolute}.",
        why="Deleting such an image fails with 500, and garbage collection ends with an error at the first such blob.",
        fix=f"Give the store to the registry's user: chown -R {storage.uid} {storage.absolute}",
        where=WHERE,
        breaks=[breaks] if breaks else [],
        evidence=examples,
    )
