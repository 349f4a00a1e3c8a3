"""Begins a multipart upload."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, refused, tried


@check(
    "s3.start-upload",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
    stages=[PUSH],
)
def start_upload(storage: S3Storage) -> Iterator[Finding]:
    """A multipart upload can be started.

    Each layer goes through one, the smallest too. The request carries the ACL, the storage class and the encryption of
    the config, so a store that lacks one of them refuses here.
    """
    step = tried(storage, "create")
    if step.error:
        yield refused(
            storage,
            step.error,
            "CreateMultipartUpload",
            "start a multipart upload",
            "The registry answers each POST of an upload with 500.",
            [PUSH],
        )
