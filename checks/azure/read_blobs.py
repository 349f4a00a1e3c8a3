"""`azure.read-blobs`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, AzureStorage, Finding, check

from ._rights import CONTAINER, refusal_of, tried


@check(
    "azure.read-blobs",
    storage=AzureStorage,
    needs=[CONTAINER, "azure.archived-layers"],
    touches="writes",
    drivers=["azure"],
    stages=[PULL],
    proves=[PULL],
)
def read_blobs(storage: AzureStorage) -> Iterator[Finding]:
    """A layer can be read from its place.

    Each pull reads manifests and links this way, and layers too where redirects are off. Where nothing can be written,
    what is in the container already has to do.
    """
    if not storage.rehearsal.step("copy").ok and storage.survey.samples:
        return  # nothing new could be written, and azure.archived-layers has read what is there
    # What can't be copied can be read where it was written: the right is the same.
    step = tried(storage, "read blob" if storage.rehearsal.step("copy").ok else "read")
    if step.error:
        yield refusal_of(storage, step.error, "read", "read blobs", "Each pull fails with 500.", [PULL])
