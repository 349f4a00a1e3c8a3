"""Whether the user can read what is stored already."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, PULL, CannotTell, FilesystemStorage, Finding, blocker, check

from ._terms import ROOT, WHERE, shown


@check(
    "filesystem.existing-readable",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[PULL, GC],
    proves=[PULL],
)
def existing_readable(storage: FilesystemStorage) -> Iterator[Finding]:
    """The images that are there can be read by the registry's user.

    Stores outlive the registries that filled them: one that ran as root, a backup that was copied back, a directory
    like lost+found in the wrong place. A pull fails for the files that the user may not read, and garbage collection
    gives up at the first directory that it may not list, since it walks all of them (2.8.2, seen).

    Of a large store the first 20,000 entries of each half are looked at, for no longer than a second.
    """
    survey = storage.survey
    fix = f"Give the store to the registry's user: chown -R {storage.uid} {storage.absolute}"
    if stopping := survey.count("unlistable") + survey.count("unmarkable"):
        examples = survey.examples.get("unlistable", []) + survey.examples.get("unmarkable", [])
        yield blocker(
            what=f"{storage.user} cannot list {_some(stopping, 'directory or manifest', 'directories or manifests')} of the store.",
            why="Garbage collection walks the whole store and gives up at the first one that it may not read.",
            fix=fix,
            where=WHERE,
            breaks=[GC],
            evidence=shown(examples, stopping),
        )
    if unreadable := survey.count("unreadable"):
        everything = survey.complete and not survey.count("readable")
        yield blocker(
            what=f"{storage.user} cannot read {_some(unreadable, 'file or directory', 'files or directories')} of the store.",
            why="Pulls of the images there fail with 500.",
            fix=fix,
            where=WHERE,
            breaks=[PULL] if everything else [],
            evidence=shown(survey.examples["unreadable"], unreadable),
        )
        if not everything:
            raise CannotTell("some images of the store can be read by the registry's user and some cannot")


def _some(number: int, one: str, many: str) -> str:
    return f"one {one}" if number == 1 else f"{number} {many}"
