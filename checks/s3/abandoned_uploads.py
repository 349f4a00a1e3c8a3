"""Uploads that nobody finished."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from registry_preflight import Finding, S3Storage, check, note, warning

from ._lifecycle import active
from ._rights import BUCKET_EXISTS
from ._store import path_of

#: What one page of the list holds.
MANY = 1000


@check("s3.abandoned-uploads", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def abandoned_uploads(storage: S3Storage) -> Iterator[Finding]:
    """Abandoned multipart uploads are few, and are removed some day.

    Each push that breaks off leaves one. No listing of objects shows them, and they are billed. Releases before 3.0
    look at the first page of 1,000 only where they look for an upload of their own, and some stores do not keep to the
    prefix: then pushes fail with "Path not found" once there are more.
    """
    step = storage.survey.step("stale")
    if not step.ok:
        return
    uploads, more = cast("tuple[list[object], bool]", step.value)
    if more or len(uploads) >= MANY:
        yield warning(
            what=f"{storage.bucket} holds more than {len(uploads) if more else len(uploads) - 1:,} unfinished multipart uploads.",
            why="They are billed and no listing shows them; with releases before 3.0, pushes can fail with Path not found.",
            fix="Abort the old ones, and add a lifecycle rule with AbortIncompleteMultipartUpload (7 days).",
            where=path_of(storage.config, "bucket"),
            evidence=f"ListMultipartUploads: {len(uploads)} on the first page",
        )
        return
    rules = storage.survey.setting("lifecycle")
    aborts = rules is not None and any(
        rule.get("AbortIncompleteMultipartUpload/DaysAfterInitiation") for rule in active(rules)
    )
    if not aborts and storage.survey.hidden("lifecycle") is None:
        yield note(
            what=f"No lifecycle rule of {storage.bucket} aborts unfinished multipart uploads.",
            why="What interrupted pushes leave is billed for ever, and no listing of objects shows it.",
            fix="Add a lifecycle rule with AbortIncompleteMultipartUpload, DaysAfterInitiation 7.",
            where=path_of(storage.config, "bucket"),
        )
