"""The parts of an upload under way."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS, refused, tried


@check("s3.list-parts", storage=S3Storage, needs=[BUCKET_EXISTS], touches="writes", drivers=["s3"], stages=[PUSH])
def list_parts(storage: S3Storage) -> Iterator[Finding]:
    """The parts of an upload are listed with their sizes.

    From that list (s3:ListMultipartUploadParts) the registry knows how much of a layer it has, at each PATCH and PUT.
    """
    step = tried(storage, "parts")
    if step.error:
        why = "Each PATCH of a layer is answered with 500, even of a small one."
        yield refused(storage, step.error, "ListParts", "list the parts of an upload", why, [PUSH])
    elif step.value != storage.rehearsal.sizes:
        yield blocker(
            what=f"Of parts of {storage.rehearsal.sizes} bytes the store lists {step.value}.",
            why="The registry goes on at a wrong offset: upload resumed at wrong offset, and the push fails.",
            fix="Ask the store's makers; behind a balancer, see that all nodes agree.",
            where="storage.s3.regionendpoint",
            breaks=[PUSH],
        )
