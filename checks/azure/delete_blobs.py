"""`azure.delete-blobs`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PUSH, AzureStorage, Finding, S3Refusal, check

from ._rights import CONTAINER, refusal_of, tried

WHY = "Each push ends with the removal of its upload: it fails after all data has been sent. Nothing can be deleted or collected."


@check(
    "azure.delete-blobs",
    storage=AzureStorage,
    needs=[CONTAINER, "azure.namespace", "azure.immutability"],
    touches="writes",
    drivers=["azure"],
    stages=[PUSH, DELETE, GC],
    proves=[DELETE, GC],
)
def delete_blobs(storage: AzureStorage) -> Iterator[Finding]:
    """Blobs can be listed and deleted, as each removal does it.

    To remove a tree, the registry deletes its name as if it were a blob and expects that there is none, lists what lies
    below, and deletes one by one. The end of each push does that with the upload, garbage collection with the blobs.
    The first request is made before anything is written: without the right to delete nothing is.
    """
    refusal = _refusal(storage)
    if refusal is not None:
        yield refusal_of(storage, refusal, "delete", "delete blobs", WHY, [PUSH, DELETE, GC])


def _refusal(storage: AzureStorage) -> S3Refusal | None:
    """The first refusal of what removes."""
    for name in ("delete missing", "list", "remove"):
        step = storage.rehearsal.step(name)
        if step.error is not None and name == "list":
            return step.error
        if step.blocked and name != "delete missing" and not _told_elsewhere(storage):
            tried(storage, name)
        if not step.blocked and tried(storage, name).error is not None:
            return step.error
    return None


def _told_elsewhere(storage: AzureStorage) -> bool:
    """Whether nothing could be written, which the checks of writing tell; the right to delete is there all the same."""
    return any(storage.rehearsal.step(name).error is not None for name in ("marker", "data", "send", "copy"))
