"""Whether the user can read what is stored already."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PULL, CannotTell, FilesystemStorage, Finding, blocker, check

from ._terms import ROOT, WHERE, give, shown


@check(
    "filesystem.existing-readable",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[PULL, DELETE],
    proves=[PULL],
)
def existing_readable(storage: FilesystemStorage) -> Iterator[Finding]:
    """The images that are there can be read by the registry's user.

    Stores outlive the registries that filled them: one that ran as root, a backup that was copied back. A pull of what
    the user may not read answers 500, and so does a delete, which reads the link of the manifest first (2.8.2, seen).

    Of a large store the first 20,000 entries of each half are looked at, for no longer than a second.
    """
    survey = storage.survey
    unreadable = survey.count("unreadable")
    if not unreadable:
        if hidden := survey.examples.get("hidden"):
            raise CannotTell(f"{storage.user} may not list {hidden[0]}, so what is in it could not be looked at")
        return
    everything = survey.complete and not survey.count("readable")
    yield blocker(
        what=f"{storage.user} may not read {unreadable} files or directories of the store.",
        why="Pulls and deletes of the images there fail with 500.",
        fix=give(storage.uid, storage.absolute),
        where=WHERE,
        breaks=[PULL, DELETE] if everything else [],
        evidence=shown(survey.examples["unreadable"], unreadable),
    )
    if not everything:
        raise CannotTell(
            f"{storage.user} may read some images of the store and not others: {survey.examples['unreadable'][0]}"
        )
