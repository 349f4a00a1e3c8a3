"""The move of a layer to its place."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, capped, refused, tried, unwritten


@check("s3.copy-object", storage=S3Storage, needs=[BUCKET_EXISTS], touches="writes", drivers=["s3"], stages=[PUSH])
def copy_object(storage: S3Storage) -> Iterator[Finding]:
    """A finished upload can be copied to its place among the blobs.

    S3 knows no renaming: the registry copies the object, which takes the right to read below `repositories` and to
    write below `blobs`, and then deletes the source.
    """
    if unwritten(storage, "copy"):
        return
    instead = storage.rehearsal.step("put blob")  # the right to write there can be asked for without a copy
    refused_there = instead.error is not None and instead.error.denied and not capped(instead.error)
    # What ails every write, rights aside, is told by the first of them.
    step = instead if refused_there and storage.rehearsal.step("copy").blocked else tried(storage, "copy")
    if step.error:
        why = "The registry answers the closing PUT of each layer with 500, after all of it has been sent."
        yield refused(storage, step.error, "CopyObject", "copy a finished upload to blobs/sha256", why, [PUSH])
