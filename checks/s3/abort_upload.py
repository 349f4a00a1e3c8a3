"""The right to throw an upload away."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, warning

from ._rights import BUCKET_EXISTS, refused, tried


@check("s3.abort-upload", storage=S3Storage, needs=[BUCKET_EXISTS], touches="writes", drivers=["s3"])
def abort_upload(storage: S3Storage) -> Iterator[Finding]:
    """The credentials may throw away an interrupted upload.

    A push that is cut short leaves a multipart upload behind. The registry aborts it when the client cancels, which is
    a right of its own (s3:AbortMultipartUpload): credentials that may write objects do not have it for free.
    """
    step = tried(storage, "abort")
    if step.error is None:
        step = storage.rehearsal.step("cancel")
    if step.error is not None:
        why = "Cancelled pushes are answered with 204 all the same, and leave parts that no listing shows and that are billed."
        yield refused(storage, step.error, "AbortMultipartUpload", "abort a multipart upload", why, [], warning)
