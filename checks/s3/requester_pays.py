"""Who pays for requests."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, warning

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.requester-pays", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def requester_pays(storage: S3Storage) -> Iterator[Finding]:
    """The owner of the bucket pays for requests.

    Where the requester pays, each request must say that it agrees, which the registry never does: those of other
    accounts are refused with 403.
    """
    found = storage.survey.setting("requestPayment")
    if found is not None and found.get("Payer") == "Requester":
        yield warning(
            what=f"In {storage.bucket} the requester pays.",
            why="The registry's requests do not say that it would: with credentials of another account all are refused, and so are presigned addresses.",
            fix="Set the payer to BucketOwner.",
            where=path_of(storage.config, "bucket"),
            evidence="GET ?requestPayment: Requester",
        )
