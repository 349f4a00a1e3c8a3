"""Whether the bucket can be accelerated."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, blocker, check

from ._store import REQUESTS, path_of


@check(
    "s3.bucket-acceleration",
    storage=S3Storage,
    needs=["s3.bucket-region"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def bucket_acceleration(storage: S3Storage) -> Iterator[Finding]:
    """Acceleration is switched on in the bucket where the config asks for it.

    `accelerate: true` (3.x) sends requests to another host, which refuses every one of them unless the bucket has
    acceleration on ("Configuring fast, secure file transfers using Amazon S3 Transfer Acceleration").
    """
    config = storage.config
    if not (config.parameters.reads("accelerate") and config.parameter("accelerate").value is True):
        return
    refusal = storage.rehearsal.step("list blob").error
    if refusal is not None and refusal.code == "InvalidRequest" and "cceleration" in refusal.message:
        yield blocker(
            what=f"The config asks for acceleration, which {storage.bucket} does not have: {refusal.short}.",
            why="The registry starts, and the accelerated host refuses every push, pull, delete and garbage collection.",
            fix="Switch transfer acceleration on in the bucket, or remove accelerate.",
            where=path_of(config, "accelerate"),
            breaks=REQUESTS,
            evidence=refusal,
        )
