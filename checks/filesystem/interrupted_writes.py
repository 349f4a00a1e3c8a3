"""What a crash or a full disk left in the store."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, FilesystemStorage, Finding, blocker, check, warning

from ._terms import ROOT, WHERE, shown

_THINGS = ("manifest link", "manifest", "layer link", "tag link")
_KINDS = (*(f"empty {thing}" for thing in _THINGS), "empty blob", *(f"misshapen {thing}" for thing in _THINGS))
_FAULTS = {"empty": "of zero bytes", "misshapen": "that cannot be read as such"}


@check(
    "filesystem.interrupted-writes",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[GC],
)
def interrupted_writes(storage: FilesystemStorage) -> Iterator[Finding]:
    """No link and no manifest of the store was cut short or changed.

    Releases before 3.0 write links in place: a crash, or a disk that is full, leaves files of zero bytes. An empty link
    of a revision, or an empty manifest, stops every garbage collection with an error, for all repositories (2.8.2,
    seen); empty links of layers and tags only break the pulls of their image. 3.x walks the links of layers too. The same
    goes for a link that holds more than a digest, a line end say, and for a manifest that is no JSON.
    """
    counts, examples = storage.survey.counts, storage.survey.examples
    fatal = ["manifest link", "manifest"]
    if storage.config.release.at_least("3.0"):
        fatal.append("layer link")
    for kind in _KINDS:
        number = counts.get(kind, 0)
        if not number:
            continue
        fault, _, thing = kind.partition(" ")
        stops = thing in fatal
        tell = blocker if stops else warning
        yield tell(
            what=f"The store holds {number} {thing}{'s' if number > 1 else ''} {_FAULTS[fault]}.",
            why="Garbage collection stops at it with an error, and pulls of the image fail with 500."
            if stops
            else "Pulls of the images that it belongs to fail with 500.",
            fix="Push the image again after removing the file, or restore it from a backup. A link holds the digest that its"
            " directory is named after: sha256:<name of the directory>.",
            where=WHERE,
            breaks=[GC] if stops else [],
            evidence=shown(examples[kind], number),
        )
