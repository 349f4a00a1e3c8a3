"""Whether the bucket locks objects."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, warning

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.object-lock", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def object_lock(storage: S3Storage) -> Iterator[Finding]:
    """The bucket locks no objects.

    A lock with a default retention keeps every version for its time, whatever the registry deletes: uploads, manifests
    and collected blobs stay, and cannot be removed by anyone under COMPLIANCE.
    """
    if not storage.survey.retention:
        return
    lock = storage.survey.setting("object-lock")
    rule = next(lock.each("Rule"), None) if lock is not None else None
    told = ""
    if rule is not None:
        days, years = rule.get("DefaultRetention/Days"), rule.get("DefaultRetention/Years")
        told = f"{rule.get('DefaultRetention/Mode')}, {days + ' days' if days else years + ' years'}"
    yield warning(
        what=f"{storage.bucket} locks each new object for a time ({told}).",
        why="Garbage collection says that it deletes, and frees nothing until the locks end; each push leaves its upload behind.",
        fix="Give the registry a bucket without default retention.",
        where=path_of(storage.config, "bucket"),
        evidence=f"GET ?object-lock: {told}",
    )
