"""How the bucket encrypts by itself."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, note

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.bucket-encryption", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def bucket_encryption(storage: S3Storage) -> Iterator[Finding]:
    """The bucket's own encryption asks for no right that the registry lacks.

    A bucket may encrypt by itself with a key of the key service, and then whoever writes or reads needs rights on that
    key as well. Whether they are there, the checks that write and read show.
    """
    found = storage.survey.setting("encryption")
    if found is None:
        return
    key = found.get("Rule/ApplyServerSideEncryptionByDefault/KMSMasterKeyID")
    if found.get("Rule/ApplyServerSideEncryptionByDefault/SSEAlgorithm").startswith("aws:kms"):
        yield note(
            what=f"{storage.bucket} encrypts with {'the key ' + key if key else 'a key of the key service'}.",
            why="Whoever writes needs kms:GenerateDataKey on it and whoever reads kms:Decrypt; presigned addresses bear the registry's rights.",
            fix="Keep both rights for the registry's identity when the key or its policy changes.",
            where=path_of(storage.config, "bucket"),
            evidence="GET ?encryption",
        )
