"""Whether the bucket can be accelerated."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS
from ._store import REQUESTS, path_of


@check("s3.bucket-acceleration", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def bucket_acceleration(storage: S3Storage) -> Iterator[Finding]:
    """Acceleration is switched on in the bucket where the config asks for it.

    `accelerate: true` (3.x) sends requests to another host, which refuses them unless the bucket has acceleration on.
    """
    config = storage.config
    if not (config.parameters.reads("accelerate") and config.parameter("accelerate").value is True):
        return
    found = storage.survey.setting("accelerate")
    if found is not None and found.get("Status") != "Enabled":
        yield blocker(
            what=f"The config asks for acceleration, which {storage.bucket} does not have.",
            why="The accelerated host refuses every request with 400.",
            fix="Switch transfer acceleration on in the bucket, or remove accelerate.",
            where=path_of(config, "accelerate"),
            breaks=REQUESTS,
            evidence="GET ?accelerate",
        )
