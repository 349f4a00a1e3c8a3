"""`s3.caller`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, note

from ._store import path_of


@check("s3.caller", storage=S3Storage, needs=["s3.identity"], touches="reads", drivers=["s3"])
def caller(storage: S3Storage) -> Iterator[Finding]:
    """Amazon tells whose keys these are.

    STS names the user or the role that keys belong to, by its ARN and with its account, and asks for no right. The
    registry itself never asks; it helps to see that it is who was meant. Other stores have no such service, or answer
    for users of their own.
    """
    if storage.address.amazon and (arn := storage.caller()):
        yield note(
            what=f"The registry signs as {arn}.",
            why=f"That is who {storage.signer.source} belong to.",
            fix="Nothing, if that is who was meant.",
            where=path_of(storage.config, "accesskey"),
        )
