"""`azure.held-blobs`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, AzureStorage, CannotTell, Finding, blocker, check, warning

from ._rights import CONTAINER, container_path


@check(
    "azure.held-blobs", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"], stages=[DELETE, GC]
)
def held_blobs(storage: AzureStorage) -> Iterator[Finding]:
    """No snapshot and no lease keeps what is in the container from being deleted.

    Azure refuses to delete a blob that has snapshots (409 SnapshotsPresent) or is leased (412 LeaseIdMissing), and the
    registry does not ask it to take them along: the delete of such a manifest, the next push of such a tag and the
    collection of such a layer fail. Backup products make both. A few hundred blobs are looked at.
    """
    survey = storage.survey
    if any(survey.step(part).error is not None for part in ("repositories", "blobs")):
        return
    held = survey.held("repositories") | survey.held("blobs")
    if not held:
        return
    seen = [blob.name for part in ("repositories", "blobs") for blob in survey.blobs(part)]
    every = set(seen) <= set(held)
    say, breaks = (blocker, (DELETE, GC)) if every else (warning, ())
    yield say(
        what=f"{len(held)} of {len(seen)} blobs that were looked at in {storage.container} can't be deleted.",
        why="The registry deletes a blob without its snapshots and without the id of a lease: deletes and overwrites of such"
        " blobs fail with 500, and garbage collection ends at the first.",
        fix="Delete the snapshots (az storage blob delete --delete-snapshots only), break the leases (az storage blob lease"
        " break), and leave the container out of what makes them.",
        where=container_path(storage),
        breaks=breaks,
        evidence=[f"{name}: {what}" for name, what in list(held.items())[:3]],
    )
    if not every:
        raise CannotTell("whether what is deleted is among the blobs that snapshots and leases hold is not known")
