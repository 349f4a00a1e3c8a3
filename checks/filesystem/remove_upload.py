"""Rehearses what a push, a delete and garbage collection remove."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from registry_preflight import DELETE, GC, PUSH, FilesystemStorage, Finding, check

from ._terms import MOUNTED, refused


@check(
    "filesystem.remove-upload",
    storage=FilesystemStorage,
    needs=[MOUNTED],
    touches="writes",
    drivers=["filesystem"],
    stages=[DELETE, GC],
    proves=[PUSH, DELETE, GC],
)
def remove_upload(storage: FilesystemStorage) -> Iterator[Finding]:
    """Files and directories can be removed again.

    Each push ends with the removal of its upload, a delete removes links, and garbage collection removes blobs with
    their directories. Some places let you add and not remove: append-only directories, write-once shares.

    Where nothing can be added in the first place (no space, no right), filesystem.write-upload says so, and
    filesystem.existing-manifests and filesystem.existing-blobs answer for what is there already.
    """
    upload = storage.upload("remove")
    try:
        upload.start()
    except OSError:
        return  # told by filesystem.write-upload
    try:
        for name in ("startedat", "data"):
            upload.remove(posixpath.join(upload.directory, name))
        upload.remove_directory(upload.directory)
    except OSError as refusal:
        yield refused(
            storage,
            refusal,
            "remove its own files",
            "A push fails after its last byte, when the upload is cleared away; nothing can be deleted or collected.",
            [PUSH, DELETE, GC],
        )
