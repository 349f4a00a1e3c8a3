"""Who owns the objects of the bucket."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.ownership", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def ownership(storage: S3Storage) -> Iterator[Finding]:
    """The bucket takes the ACL that the registry sends.

    The driver sends an ACL with every write. A bucket with the setting "bucket owner enforced", Amazon's default since
    April 2023, refuses every ACL but `private` and `bucket-owner-full-control`. Whether writes pass, the checks that
    write show; this one names the setting.
    """
    sent = storage.wire.write_headers["X-Amz-Acl"]
    if sent in ("private", "bucket-owner-full-control"):
        return
    found = storage.survey.setting("ownershipControls")
    if found is not None and found.get("Rule/ObjectOwnership") == "BucketOwnerEnforced":
        yield blocker(
            what=f"{storage.bucket} takes no ACLs (bucket owner enforced), and the config asks for {sent}.",
            why="Each write is refused with 400 AccessControlListNotSupported.",
            fix="Set objectacl: bucket-owner-full-control, or remove it.",
            where=path_of(storage.config, "objectacl"),
            breaks=[PUSH],
            evidence="GET ?ownershipControls: BucketOwnerEnforced",
        )
