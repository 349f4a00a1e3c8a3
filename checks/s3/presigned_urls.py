"""The addresses that clients are sent to."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, Finding, S3Storage, blocker, check, warning

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.presigned-urls", storage=S3Storage, needs=[BUCKET_EXISTS], touches="writes", drivers=["s3"], stages=[PULL])
def presigned_urls(storage: S3Storage) -> Iterator[Finding]:
    """A client that is sent to the store gets the layer.

    With `redirect` on, the registry answers the pull of a layer with a signed address of the store that is valid for 20
    minutes. The check fetches one as a client does: without credentials, from this machine. A proxy in front of the
    store that changes host or path makes the signature worthless.
    """
    if not storage.config.redirects_to_storage:
        return
    storage.rehearsal.begin("presigned GET", "presigned HEAD")
    got, head = storage.rehearsal.step("presigned GET"), storage.rehearsal.step("presigned HEAD")
    for step, finding, breaks in ((got, blocker, [PULL]), (head, warning, [])):
        if step.error is None:
            continue
        version_2 = "v4auth" in storage.config.parameters.entries and storage.config.parameter("v4auth").value is False
        yield finding(
            what=f"A client that the registry sends to the store is refused: {step.error.short}.",
            why="The address bears no signature: with v4auth: false the driver puts it where no client sees it."
            if version_2
            else "Pulls of layers fail at the client, while the registry's own log shows nothing."
            if step is got
            else "Clients ask by HEAD whether a layer is there before they push it.",
            fix="Set storage.redirect.disable: true, and the registry hands the layers out itself; or mend what stands before the store.",
            where="storage.redirect.disable" if version_2 else path_of(storage.config, "regionendpoint"),
            breaks=breaks,
            evidence=step.error,
        )
        return
