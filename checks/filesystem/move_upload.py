"""Rehearses the second half of a push."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, FilesystemStorage, Finding, blocker, check

from ._terms import ONE_MOUNT, WHERE, WRITES, refused


@check(
    "filesystem.move-upload",
    storage=FilesystemStorage,
    needs=[WRITES, ONE_MOUNT],
    touches="writes",
    drivers=["filesystem"],
    stages=[PUSH],
    proves=[PUSH],
)
def move_upload(storage: FilesystemStorage) -> Iterator[Finding]:
    """A finished upload can be moved among the blobs.

    When a layer is complete the registry makes a directory for it below `blobs` and renames the upload's data into it.
    That takes the right to write in both places, on one mount, and on a file system that can rename.
    """
    upload = storage.upload("move")
    try:
        upload.start()
        upload.fill()
        blob = upload.commit()
        found = storage.status(blob).size
    except OSError as refusal:
        yield refused(
            storage,
            refusal,
            "move an upload to the blobs",
            "The layer is sent in full, and only then the push fails with 500.",
            [PUSH],
        )
        return
    if found == 0:
        yield blocker(
            what=f"A file that was renamed in {storage.absolute} is empty afterwards.",
            why="The registry would serve empty layers under the digests of full ones.",
            fix="Use a file system that renames correctly; object stores mounted as directories often do not.",
            where=WHERE,
            breaks=[PUSH],
        )
