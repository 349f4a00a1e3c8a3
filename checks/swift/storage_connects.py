"""`swift.storage-connects`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Finding, SwiftStorage, check

from ._reach import connects


@check(
    "swift.storage-connects",
    storage=SwiftStorage,
    needs=["swift.storage-resolves", "swift.storage-proxy"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def storage_connects(storage: SwiftStorage) -> Iterator[Finding]:
    """The storage takes connections from here.

    All addresses of the host are tried, each for five seconds; the registry waits for a minute. What this machine can reach, a
    container on it may not. Where nobody listens the registry panics at start with `connection refused` (2.8.2, seen).
    """
    yield from connects(storage, "storage")
