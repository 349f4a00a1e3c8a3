"""Whether garbage collection gets through the store."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, FilesystemStorage, Finding, blocker, check

from ._terms import ROOT, WHERE, give, shown


@check(
    "filesystem.walkable", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"], stages=[GC]
)
def walkable(storage: FilesystemStorage) -> Iterator[Finding]:
    """Garbage collection may walk the whole store.

    It lists every directory of repositories and blobs and reads every manifest, and gives up at the first one that its
    user may not read (2.8.2, seen). A forgotten lost+found among the repositories is enough.

    Of a large store the first 20,000 entries of each half are looked at, for no longer than a second.
    """
    survey = storage.survey
    number = survey.count("unlistable") + survey.count("unmarkable")
    if number:
        examples = survey.examples.get("unlistable", []) + survey.examples.get("unmarkable", [])
        yield blocker(
            what=f"{storage.user} may not read {number} of the directories and manifests of the store.",
            why="Garbage collection walks all of them and gives up at the first one that it may not read.",
            fix=give(storage.uid, storage.absolute),
            where=WHERE,
            breaks=[GC],
            evidence=shown(examples, number),
        )
