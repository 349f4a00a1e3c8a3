"""Room for the push of an image."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, refused
from ._store import at_amazon


@check("s3.room-for-image", storage=S3Storage, needs=[BUCKET_EXISTS], touches="writes", drivers=["s3"])
def room_for_image(storage: S3Storage) -> Iterator[Finding]:
    """There is room for an image with a layer of 40 MB.

    A layer lies in the bucket twice for a moment: as the finished upload, and in its place. The check fills that much
    by copies inside the store, which are thrown away at once; nothing of it is sent. Amazon's buckets have no quota.
    """
    if at_amazon(storage.config):
        return
    step = storage.rehearsal.step("room")
    if step.error and not step.error.denied and step.error.status >= 400:
        why = "The push of an image with a layer of 40 MB fails in the middle of it, or at its end."
        yield refused(storage, step.error, "UploadPartCopy", "store 80 MiB more", why, [PUSH])
