"""`azure.archived-layers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, AzureStorage, Finding, S3Refusal, blocker, check

from ._rights import CONTAINER, container_path, refusal_of


@check(
    "azure.archived-layers", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"], stages=[PULL]
)
def archived_layers(storage: AzureStorage) -> Iterator[Finding]:
    """The layers that are there can be read.

    A lifecycle rule may have moved them to the archive tier: they are listed, and reading them answers 409
    BlobArchived until they are brought back, which takes hours. Append blobs, which is what layers are, stay out of
    that; copies of a store are often block blobs. A few layers and links are read, a few bytes of each.
    """
    step = storage.survey.step("blobs")
    if step.error is not None and step.error.missing:
        return
    try:
        samples = storage.survey.samples
    except S3Refusal as refusal:
        yield refusal_of(storage, refusal, "read", "list blobs", "Each pull fails with 500.", [PULL])
        return
    refused = [read for read in samples if read.error is not None]
    if refused and refused[0].error is not None:
        first, error = refused[0].name, refused[0].error
        if first.endswith("/link") or error.denied:
            why, breaks = "Pulls, deletes and garbage collections read such blobs: they fail.", [PULL, DELETE, GC]
        else:
            why, breaks = "Pulls of such layers fail with 500.", [PULL]
        yield refusal_of(storage, error, "read", f"read {first}", why, breaks)
        return
    archived = [blob for blob in storage.survey.blobs("blobs") if blob.tier == "Archive"]
    if archived:
        yield blocker(
            what=f"{len(archived)} blobs in {storage.container} lie in the archive.",
            why="They are listed and can't be read: pulls of such layers fail.",
            fix="Bring them back, and end the lifecycle rule that moves them there.",
            where=container_path(storage),
            breaks=[PULL],
            evidence=[blob.name for blob in archived[:3]],
        )
