"""Finds an upload again."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS, refused, tried


@check(
    "s3.list-uploads",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
    stages=[PUSH],
)
def list_uploads(storage: S3Storage) -> Iterator[Finding]:
    """The registry finds its own upload again.

    Between two requests of a client the registry remembers nothing: each PATCH and PUT asks the store for the multipart
    uploads under way (s3:ListBucketMultipartUploads on the bucket) and looks for its own. Some stores do not list an
    upload at once, or ignore the prefix.
    """
    step = tried(storage, "uploads")
    if step.error:
        yield refused(
            storage,
            step.error,
            "ListMultipartUploads",
            "list multipart uploads",
            "Each PATCH of a layer is answered with 500, even of a small one: the registry does not find its upload.",
            [PUSH],
        )
    elif step.value is not True:
        yield blocker(
            what="The store does not list a multipart upload that was just started.",
            why="The registry looks for its upload in that list at each PATCH, and answers 500: Path not found.",
            fix="Ask the store's makers for a release that lists uploads at once and by prefix; behind a balancer, see that all nodes agree.",
            where="storage.s3.regionendpoint",
            breaks=[PUSH],
        )
