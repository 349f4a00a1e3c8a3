"""Room for the push of an image."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, CannotTell, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, FULL, refused
from ._store import at_amazon

#: The steps that take room, as a push takes it.
_WRITING = ("marker", "state", "create", "send", "complete", "copy", "copy-parts", "room")


@check("s3.room-for-image", storage=S3Storage, needs=[BUCKET_EXISTS], touches="writes", drivers=["s3"])
def room_for_image(storage: S3Storage) -> Iterator[Finding]:
    """There is room for an image with a layer of 40 MB.

    A layer lies in the bucket twice for a moment: as the finished upload, and in its place. The check fills that much
    by copies inside the store, which are thrown away at once; nothing of it is sent. Amazon's buckets have no quota.
    """
    if at_amazon(storage.config):
        return
    storage.rehearsal.begin(*_WRITING)
    for name in _WRITING:
        error = storage.rehearsal.step(name).error
        if name == "room" and error is not None and not error.status:
            # What gets no answer may be the removal of what was filled, which no push asks for.
            raise CannotTell(f"room could not be tried: {error.message}")
        if error is not None and (error.code in FULL or (name == "room" and not error.denied)):
            why = "The push of an image with a layer of 40 MB fails in the middle of it, or at its end."
            yield refused(storage, error, "UploadPartCopy", "store an image of 40 MB", why, [PUSH])
            return
