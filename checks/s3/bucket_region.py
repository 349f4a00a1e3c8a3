"""`s3.bucket-region`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry_preflight import Finding, S3Refusal, S3Storage, blocker, check

from ._contact import consequence, refused
from ._store import REQUESTS, path_of

MOVED = ("PermanentRedirect", "TemporaryRedirect", "Redirect")
MALFORMED = (
    "AuthorizationHeaderMalformed",
    "IllegalLocationConstraintException",
    "InvalidRegion",
    "SignatureDoesNotMatch",
)
_EXPECTED = re.compile(r"expecting '?\"?([a-z0-9-]+)")


@check(
    "s3.bucket-region",
    storage=S3Storage,
    needs=["s3.identity"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def bucket_region(storage: S3Storage) -> Iterator[Finding]:
    """The bucket is in the region that requests are signed for and sent to.

    Amazon tells it in two ways: 301 PermanentRedirect where the request came to another region's address, with the
    right one in x-amz-bucket-region, and 400 AuthorizationHeaderMalformed where only the signature names a wrong
    region. The driver follows neither. Other stores with a region of their own (MinIO's site region) say the latter.
    Ceph takes any region.
    """
    refusal = refused(storage, *MOVED, *MALFORMED)
    if refusal is None:
        return
    right = region_of(refusal)
    if refusal.code in MALFORMED and not right:
        return
    config, address = storage.config, storage.address
    region, endpoint = config.parameter("region").text, refusal.fields.get("endpoint", "")
    fix = f"Set {path_of(config, 'region')}: {right}" if right and right != region else ""
    if address.given and (refusal.code in MOVED):
        where = f"https://s3.{right}.amazonaws.com" if right else endpoint
        fix = " and ".join(
            part for part in (fix, f"{path_of(config, 'regionendpoint')}: {where}, or remove it") if part
        )
    yield blocker(
        what=f"The bucket {storage.bucket} is in {right or endpoint or 'another region'}, and requests are signed for"
        f" {region or 'no region'} and sent to {address.host} ({refusal.short}).",
        why=consequence(config),
        fix=fix or f"Set region and endpoint to those of the bucket{f' ({endpoint})' if endpoint else ''}.",
        where=path_of(config, "region"),
        breaks=REQUESTS,
        evidence=refusal,
    )


def region_of(refusal: S3Refusal) -> str:
    """The region that a refusal names; empty where it names none."""
    named = refusal.fields.get("x-amz-bucket-region") or refusal.fields.get("region") or ""
    if named:
        return named
    found = _EXPECTED.search(refusal.message) if "region" in refusal.message.lower() else None
    return found[1] if found else ""
