"""Completes a multipart upload."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from registry_preflight import PUSH, Finding, S3Storage, Stage, blocker, check

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

    Then it is an object, whose size the registry asks for: 2.x by a list, 3.x by a HEAD. What was written must stand in
    ListObjectsV2 as well: 2.7 and later collect garbage by it, and 3.x ends a push by it.
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
        return
    yield from _unlisted(storage)


def _unlisted(storage: S3Storage) -> Iterator[Finding]:
    blind = tried(storage, "shown")
    if blind.error is None and blind.value:
        yield blocker(
            what="The store's answers to ListObjectsV2 leave out an object that was just written.",
            why="Garbage collection walks by that list; 3.x removes uploads and finds tags by it, too.",
            fix="Use a store whose ListObjectsV2 shows at once what is there under a prefix, or mend what filters its lists.",
            where="storage.s3.regionendpoint",
            breaks=cast("tuple[Stage, ...]", blind.value),
        )
