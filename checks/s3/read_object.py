"""Reading back what a push wrote."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS, refused, tried
from ._store import REQUESTS


@check("s3.read-object", storage=S3Storage, needs=[BUCKET_EXISTS], touches="writes", drivers=["s3"], stages=[PUSH])
def read_object(storage: S3Storage) -> Iterator[Finding]:
    """What a push writes can be read back.

    Each PATCH and PUT of an upload begins by reading when it was begun and the state of its digest. Of some stores the writer of an object may read
    it without a right of its own, so a refusal says nothing about the images that are there already. A content that
    comes back changed does, and so does a store that takes no request from an offset on (InvalidRange): the driver reads
    nothing then, and says so to nobody.
    """
    storage.rehearsal.begin("read", "read state")
    for name in ("read", "read state"):
        step = tried(storage, name)
        if step.error:
            why = "The registry answers each PATCH or PUT of an upload with an error."
            breaks = REQUESTS if step.error.code == "InvalidRange" else [PUSH]
            yield refused(storage, step.error, "GetObject", "read back what they wrote", why, breaks)
            return
        if step.value is not True:
            yield blocker(
                what="What was written comes back changed.",
                why="The registry relies on what it wrote a moment ago.",
                fix="See what stands between the registry and the store: a proxy or a gateway changes the content.",
                where="storage.s3.regionendpoint",
                breaks=REQUESTS,
            )
            return
