"""Objects that lie in an archive."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS
from ._store import path_of

ARCHIVES = frozenset({"GLACIER", "DEEP_ARCHIVE"})


@check("s3.archived-objects", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def archived_objects(storage: S3Storage) -> Iterator[Finding]:
    """No object of the registry lies in an archive.

    What was moved to an archive must be restored before it can be read, which the registry does not do.
    """
    archived = [one for one in storage.survey.objects if one.storage_class in ARCHIVES]
    if archived:
        yield blocker(
            what=f"{len(archived)} of {len(storage.survey.objects)} objects that were looked at lie in an archive ({archived[0].storage_class}).",
            why="Pulls of images with such a layer fail with InvalidObjectState; a lost manifest stops garbage collection.",
            fix="Restore and copy them to a class that can be read at once, and end the lifecycle rule that moved them.",
            where=path_of(storage.config, "bucket"),
            breaks=[PULL],
            evidence=[one.key for one in archived[:3]],
        )
