"""Sends parts."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, refused, tried


@check(
    "s3.upload-parts",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
    stages=[PUSH],
)
def upload_parts(storage: S3Storage) -> Iterator[Finding]:
    """Parts of a layer are taken, the last one smaller.

    The registry sends a layer in parts of `chunksize`; S3 wants all but the last to have 5 MiB or more. The probe sends
    one such part and a small one.
    """
    step = tried(storage, "send")
    if step.error:
        yield refused(
            storage,
            step.error,
            "UploadPart",
            "send parts of a layer",
            "The registry answers each PATCH of an upload with 500.",
            [PUSH],
        )
