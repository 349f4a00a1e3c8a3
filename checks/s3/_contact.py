"""The first request to the store, which several checks look at, each for what is its own.

It is one that the registry makes at every push, and the rehearsal would make it anyway: when all is well, the layers
below it cost nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from registry_preflight import Config, NetworkTrouble, S3Refusal, S3Storage

from ._store import path_of

#: The static checks that leave no address to ask. AWS_CA_BUNDLE is not among them: where it keeps 2.8 from serving,
#: garbage collection works with it.
ADDRESS = ("storage.driver", "s3.bucket", "s3.endpoint", "s3.path-style", "s3.acceleration")
#: What a store that has lists answers with.
LIST = "ListBucketResult"
#: Codes that an answer gets here and not from the store: what it says is no XML.
NO_XML = "NotS3"


class Contact(NamedTuple):
    """What came of it: one of the three. `root` is the name of the XML element of a list."""

    trouble: NetworkTrouble | None = None
    refusal: S3Refusal | None = None
    root: str = ""


def contact(storage: S3Storage) -> Contact:
    """What came of the first request, made once for all."""
    try:
        step = storage.rehearsal.step("list blob")
    except NetworkTrouble as trouble:
        return Contact(trouble)
    if step.trouble is not None:
        return Contact(step.trouble)
    return Contact(None, step.error, str(getattr(step.value, "root", "")))


def trouble(storage: S3Storage, *kinds: str) -> NetworkTrouble | None:
    """The trouble with the network, if it is of one of these kinds."""
    found = contact(storage).trouble
    return found if found is not None and found.kind in kinds else None


def refused(storage: S3Storage, *codes: str) -> S3Refusal | None:
    """The store's refusal, if it has one of these codes."""
    found = contact(storage).refusal
    return found if found is not None and found.code in codes else None


def consequence(config: Config) -> str:
    """What an operator sees where no request succeeds."""
    told = "The registry starts, and every push, pull, delete and garbage collection fails."
    if config.starts_with_a_request:
        told = "The registry panics at start: a pull-through cache reads its schedule from the storage."
    if config.get("health.storagedriver.enabled") is True:
        told += " Its health check then answers every request with 503."
    return told


def place(storage: S3Storage) -> str:
    """The setting that an address comes from."""
    return path_of(storage.config, "regionendpoint" if storage.address.given else "region")
