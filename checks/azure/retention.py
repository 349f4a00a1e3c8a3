"""`azure.retention`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, check, note

from ._rights import CONTAINER, container_path


@check("azure.retention", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"])
def retention(storage: AzureStorage) -> Iterator[Finding]:
    """What the registry deletes is gone at once.

    With soft delete the account keeps what was deleted for some days, and with versioning each overwritten blob. Both
    are billed. A push deletes as many bytes as it keeps, for each layer is copied and its upload removed, so the bill
    roughly doubles, and garbage collection frees nothing until the days are over.
    """
    days = storage.survey.days_kept
    if days:
        yield note(
            what=f"The account keeps deleted blobs for {days} day{'s' if days > 1 else ''} (soft delete).",
            why="Each layer is there twice for so long, and garbage collection frees space only then.",
            fix="Count with it, or switch soft delete off for an account of the registry's own.",
            where=container_path(storage),
        )
