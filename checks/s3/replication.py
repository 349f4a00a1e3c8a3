"""Whether the bucket is copied elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, note

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.replication", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def replication(storage: S3Storage) -> Iterator[Finding]:
    """What a replication copies is what a registry needs.

    Copies arrive in any order and late, so a registry that reads the copy may find links before blobs; deletes are not
    copied unless the rule says so.
    """
    found = storage.survey.setting("replication")
    if found is not None and any(rule.get("Status") == "Enabled" for rule in found.each("Rule")):
        yield note(
            what=f"{storage.bucket} is replicated to another bucket.",
            why="A registry on the copy may see a manifest before its layers, and what garbage collection deletes may stay there.",
            fix="Read from the copy only after an image has arrived whole; let the rule replicate delete markers.",
            where=path_of(storage.config, "bucket"),
            evidence="GET ?replication",
        )
