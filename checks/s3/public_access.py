"""Who may read the bucket."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, warning

from ._rights import BUCKET_EXISTS
from ._store import at_amazon, path_of


@check("s3.public-access", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def public_access(storage: S3Storage) -> Iterator[Finding]:
    """The bucket is not open to everybody.

    A registry checks who may pull; a bucket that anyone may read hands out the same layers without asking.
    """
    # Ceph 16 calls a policy public that names one user (seen).
    found = storage.survey.setting("policyStatus") if at_amazon(storage.config) else None
    acl = storage.wire.write_headers["X-Amz-Acl"]
    if found is not None and found.get("IsPublic").lower() == "true":
        yield warning(
            what=f"The policy of {storage.bucket} lets everybody in.",
            why="Whoever knows or lists the names gets the layers without the registry.",
            fix="Remove the statement for everybody from the bucket's policy.",
            where=path_of(storage.config, "bucket"),
            evidence="GET ?policyStatus: IsPublic",
        )
    elif acl.startswith("public-read"):
        yield warning(
            what=f"The registry will write objects that everybody may read ({acl}).",
            why="Whoever knows the name of a layer gets it without the registry.",
            fix="Remove objectacl.",
            where=path_of(storage.config, "objectacl"),
        )
