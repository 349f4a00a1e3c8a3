"""Completes a multipart upload."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS, refused, tried, unwritten
from ._store import REQUESTS

#: The size of an object that the store does not show: then it may show none of those that are there already.
_NOT_SHOWN = -1


@check(
    "s3.complete-upload",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
    stages=[PUSH],
)
def complete_upload(storage: S3Storage) -> Iterator[Finding]:
    """A multipart upload can be completed, and the object has the right size.

    Then it is an object, whose size the registry asks for: 2.x by a list, 3.x by a HEAD.
    """
    if unwritten(storage, "complete"):
        return
    step = tried(storage, "complete")
    if step.error:
        yield refused(
            storage,
            step.error,
            "CompleteMultipartUpload",
            "complete a multipart upload",
            "The registry answers the closing PUT of each layer with 500.",
            [PUSH],
        )
        return
    size = tried(storage, "stat")
    if size.error is None and size.value != sum(storage.rehearsal.sizes):
        yield blocker(
            what=f"An upload of {sum(storage.rehearsal.sizes)} bytes is shown with {size.value} bytes.",
            why="The registry compares the size of each layer before it accepts it, and asks for sizes before it reads.",
            fix="Ask the store's makers: listings and headers must tell an object's size at once.",
            where="storage.s3.regionendpoint",
            breaks=REQUESTS if size.value == _NOT_SHOWN else [PUSH],
        )
