"""`swift.storage-resolves`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Finding, SwiftStorage, check

from ._reach import resolves


@check(
    "swift.storage-resolves",
    storage=SwiftStorage,
    needs=["swift.catalog"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def storage_resolves(storage: SwiftStorage) -> Iterator[Finding]:
    """The name of the storage has an address.

    The driver asks for its container when it is built, at the address that the login named, and a name without an address ends that: the registry panics at start with `no such host` (2.8.2,
    seen). Behind a proxy the proxy resolves the name. A container may have another name server than this machine.
    """
    yield from resolves(storage, "storage")
