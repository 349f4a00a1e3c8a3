"""`azure.existing-blobs`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, blocker, check

from ._account import NEW
from ._rights import CONTAINER, container_path


@check(
    "azure.existing-blobs", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"], releases=NEW
)
def existing_blobs(storage: AzureStorage) -> Iterator[Finding]:
    """What is in the container can be overwritten by this release.

    3.0 and 3.1.1 write small files as append blobs and do not delete a block blob first (distribution pull request
    4871). 2.7 and 2.8 wrote block blobs; copied to the names of 3.x with their type, they can be read, but a tag that is
    pushed again answers 500, for Azure refuses with 409 InvalidBlobType. New repositories and new tags work.
    """
    step = storage.survey.step("repositories")
    if step.error is not None:
        return
    links = [blob for blob in storage.survey.blobs("repositories") if blob.name.endswith("/link")]
    blocks = [blob for blob in links if blob.kind == "BlockBlob"]
    if blocks:
        yield blocker(
            what=f"{len(blocks)} of {len(links)} links that were looked at in {storage.container} are block blobs,"
            " which this release can't overwrite.",
            why="Whoever pushes a tag again that is there already gets 500: the service answers 409 InvalidBlobType.",
            fix="Copy these blobs to append blobs (read each, delete it, write it as one) before the move.",
            where=container_path(storage),
            evidence=[blob.name for blob in blocks[:3]],
        )
