"""What does not belong into the store."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, CannotTell, FilesystemStorage, Finding, blocker, check, warning

from ._terms import ROOT, WHERE, shown


@check(
    "filesystem.stray-files",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[DELETE, GC],
)
def stray_files(storage: FilesystemStorage) -> Iterator[Finding]:
    """Nothing in the store leads garbage collection astray.

    Garbage collection walks the directories and believes what it sees (2.8.2, seen): a directory that is no valid name
    of a repository but has layers stops it, and so does a file called `data` among the blobs outside of a digest's
    directory. Worst is a plain file whose name begins with an underscore beside the repositories: releases before 3.0
    take it for a sign to stop, do not see the repositories after it, and delete their images.

    A plain file among the tags of a repository, such as .DS_Store or the .nfs files of a server, is taken for a tag: each
    delete there reads all tags and answers 500.
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
    yield from _among_tags(storage)


def _among_tags(storage: FilesystemStorage) -> Iterator[Finding]:
    """Raises `CannotTell` where it is half of the repositories or more, and not all: chance decides a delete."""
    survey = storage.survey
    hit, there = survey.count("repositories with stray tags"), survey.count("manifests")
    if not hit:
        return
    yield warning(
        what=f"Plain files stand among the tags of {hit} of {there} repositories.",
        why="The registry takes each for a tag; the delete of any image in such a repository answers 500.",
        fix="Remove them: nothing but directories belongs into _manifests/tags.",
        where=WHERE,
        breaks=[DELETE] if hit == there else [],
        evidence=shown(survey.examples["stray tag"], survey.count("stray tag")),
    )
    if there > hit >= there / 2:
        raise CannotTell(f"files among the tags stop deletes in {hit} of {there} repositories")
