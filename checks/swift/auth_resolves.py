"""`swift.auth-resolves`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Finding, SwiftStorage, check

from ._reach import STATIC, resolves


@check(
    "swift.auth-resolves",
    storage=SwiftStorage,
    needs=STATIC,
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def auth_resolves(storage: SwiftStorage) -> Iterator[Finding]:
    """The name of the identity service has an address.

    The driver logs in when it is built, and a name without an address ends that: the registry panics at start with `no such host` (2.8.2,
    seen). Behind a proxy the proxy resolves the name. A container may have another name server than this machine.
    """
    yield from resolves(storage, "auth")
