"""Rehearses the first half of a push."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, FilesystemStorage, Finding, blocker, check

from ._terms import MOUNTED, WHERE, refused

HALF = 4096


@check(
    "filesystem.write-upload",
    storage=FilesystemStorage,
    needs=[MOUNTED],
    touches="writes",
    drivers=["filesystem"],
    stages=[PUSH],
    proves=[PUSH],
)
def write_upload(storage: FilesystemStorage) -> Iterator[Finding]:
    """A new upload can be written, flushed and read back.

    For each layer the registry makes the directories of an upload in the repository, writes when it began, opens the
    data file once to create it and again to append, stores the state of the digest, and has each file flushed to the
    disk (fsync) before it goes on. Releases before 3.0 write small files in place; 3.x writes beside and renames.
    """
    upload = storage.upload("write")
    step = "begin an upload"
    try:
        upload.start()
        step = "append to an upload"
        upload.append("layer", HALF)
        upload.append("layer", HALF)
        step = "store the state of an upload"
        upload.put("hashstates/sha256/0", "state")
        upload.put("hashstates/sha256/0.again", "state")
        step = "read back an upload"
        size = storage.status(upload.data).size
        if size != 2 * HALF or not storage.read(upload.data).startswith("layer"):
            yield _changed(storage, size)
    except OSError as refusal:
        yield refused(storage, refusal, step, "The registry starts, and answers each push with 500.", [PUSH])


def _changed(storage: FilesystemStorage, size: int) -> Finding:
    return blocker(
        what=f"What was written to {storage.absolute} comes back changed: {size} bytes instead of {2 * HALF}.",
        why="The registry compares size and digest of each layer before it accepts it.",
        fix="Use a file system that appends correctly; object stores mounted as directories often do not.",
        where=WHERE,
        breaks=[PUSH],
    )
