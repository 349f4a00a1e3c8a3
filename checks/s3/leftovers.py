"""What earlier runs of this program left behind."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, note

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.leftovers", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def leftovers(storage: S3Storage) -> Iterator[Finding]:
    """No earlier check was interrupted here.

    A run that was killed cannot remove what it wrote. It is a few objects of some megabytes: the catalog does not show
    them, and garbage collection removes those among the blobs.
    """
    found = storage.leftovers()
    if found:
        yield note(
            what=f"An interrupted check left {len(found)} object{'s' if len(found) > 1 else ''} or uploads in {storage.bucket}.",
            why="They take some megabytes, and the registry does not see them.",
            fix="registry-preflight cleanup removes them.",
            where=path_of(storage.config, "bucket"),
            evidence=found[:5],
        )
