"""What does not belong into the store."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, FilesystemStorage, Finding, blocker, check

from ._terms import ROOT, WHERE, shown


@check(
    "filesystem.stray-files",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[GC],
)
def stray_files(storage: FilesystemStorage) -> Iterator[Finding]:
    """Nothing in the store leads garbage collection astray.

    Garbage collection walks the directories and believes what it sees (2.8.2, seen): a directory that is no valid name
    of a repository but has layers stops it, and so does a file called `data` among the blobs outside of a digest's
    directory. Worst is a plain file whose name begins with an underscore beside the repositories: releases before 3.0
    take it for a sign to stop, do not see the repositories after it, and delete their images.
    """
    counts, examples = storage.survey.counts, storage.survey.examples
    if number := counts.get("blinding", 0):
        yield blocker(
            what="A file whose name begins with an underscore stands among the repositories.",
            why="Garbage collection does not look at the repositories behind it in the alphabet, and deletes all of their images.",
            fix="Remove it before garbage collection runs.",
            where=WHERE,
            evidence=shown(examples["blinding"], number),
            releases=["registry-2.7", "registry-2.8"],
        )
    for kind, what in (
        ("misnamed", "A directory among the repositories has layers, and a name that no repository may have."),
        ("stray", "A file called data stands among the blobs, outside of the directory of a digest."),
    ):
        if number := counts.get(kind, 0):
            yield blocker(
                what=what,
                why="Garbage collection stops there with an error, for the whole registry.",
                fix="Move it out of the store.",
                where=WHERE,
                breaks=[GC],
                evidence=shown(examples[kind], number),
            )
