"""`swift.auth-proxy`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Finding, SwiftStorage, check

from .._proxies import PROXY_GIVEN
from ._reach import STATIC, proxy


@check(
    "swift.auth-proxy",
    storage=SwiftStorage,
    needs=STATIC,
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
    when=PROXY_GIVEN,
)
def auth_proxy(storage: SwiftStorage) -> Iterator[Finding]:
    """The proxy takes the registry to the identity service.

    Go's rules: HTTPS_PROXY for https://, HTTP_PROXY for http:// (2.5 and 2.7 also use that for https://), NO_PROXY with names,
    networks and ports; this machine itself is never asked for through a proxy. `insecureskipverify` changes nothing about it.
    """
    yield from proxy(storage, "auth")
