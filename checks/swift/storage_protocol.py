"""`swift.storage-protocol`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Finding, SwiftStorage, check

from ._reach import speaks


@check(
    "swift.storage-protocol",
    storage=SwiftStorage,
    needs=["swift.storage-connects"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def storage_protocol(storage: SwiftStorage) -> Iterator[Finding]:
    """The storage speaks what its address says.

    TLS for https://, plain HTTP for http://. Otherwise the registry panics at start: `server gave HTTP response to HTTPS client`,
    `first record does not look like a TLS handshake` (2.8.2, seen with Swift and with Keystone), or EOF.
    """
    yield from speaks(storage, "storage")
