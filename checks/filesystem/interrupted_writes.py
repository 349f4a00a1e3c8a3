"""What a crash or a full disk left in the store."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, FilesystemStorage, Finding, blocker, check, warning

from ._terms import ROOT, WHERE, shown


@check(
    "filesystem.interrupted-writes",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[GC],
)
def interrupted_writes(storage: FilesystemStorage) -> Iterator[Finding]:
    """No file of the store was cut short.

    Releases before 3.0 write links in place: a crash, or a disk that is full, leaves files of zero bytes. An empty link
    of a revision, or an empty manifest, stops every garbage collection with an error, for all repositories (2.8.2,
    seen); empty links of layers and tags only break the pulls of their image. 3.x walks the links of layers too.
    """
    counts, examples = storage.survey.counts, storage.survey.examples
    fatal = ["empty manifest link", "empty manifest"]
    if storage.config.release.at_least("3.0"):
        fatal.append("empty layer link")
    for kind in ("empty manifest link", "empty manifest", "empty layer link", "empty tag link", "empty blob"):
        number = counts.get(kind, 0)
        if not number:
            continue
        stops = kind in fatal
        tell = blocker if stops else warning
        yield tell(
            what=f"The store holds {number} {kind}{'s' if number > 1 else ''} of zero bytes.",
            why="Garbage collection stops at it with an error, and pulls of the image fail with 500."
            if stops
            else "Pulls of the images that it belongs to fail with 500.",
            fix="Push the image again after removing the empty file, or restore it from a backup. A link holds the digest that its"
            " directory is named after: sha256:<name of the directory>.",
            where=WHERE,
            breaks=[GC] if stops else [],
            evidence=shown(examples[kind], number),
        )
