"""Whether the bucket keeps versions."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, warning

from ._lifecycle import active, covers
from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.versioning", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def versioning(storage: S3Storage) -> Iterator[Finding]:
    """The bucket keeps no old versions of objects.

    The registry deletes without naming a version: in a versioned bucket that only adds a mark, and garbage collection
    frees nothing. Each push, too, leaves its upload behind as an old version.
    """
    found = storage.survey.setting("versioning")
    if found is None or found.get("Status") != "Enabled" or _cleans(storage):
        return
    yield warning(
        what=f"{storage.bucket} keeps every version of an object, and no lifecycle rule removes old ones.",
        why="Deletes and garbage collection free nothing; each push leaves twice its size in old versions.",
        fix="Suspend versioning, or add a lifecycle rule with NoncurrentVersionExpiration (and ExpiredObjectDeleteMarker).",
        where=path_of(storage.config, "bucket"),
        evidence="GET ?versioning: Enabled",
    )


def _cleans(storage: S3Storage) -> bool:
    """Whether a rule for the whole bucket, or for the registry's part of it, removes old versions."""
    rules = storage.survey.setting("lifecycle")
    return rules is not None and any(
        covers(rule, storage.place()) and rule.get("NoncurrentVersionExpiration/NoncurrentDays")
        for rule in active(rules)
    )
