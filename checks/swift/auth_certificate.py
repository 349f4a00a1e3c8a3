"""`swift.auth-certificate`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Finding, SwiftStorage, check

from ._reach import certified


@check(
    "swift.auth-certificate",
    storage=SwiftStorage,
    needs=["swift.auth-protocol"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def auth_certificate(storage: SwiftStorage) -> Iterator[Finding]:
    """The registry takes the certificate of the identity service.

    Looked at as Go does: signed by an authority of the system's store, or of SSL_CERT_FILE and SSL_CERT_DIR of the registry's
    environment; in date; for the host that is asked, by its alternative names (2.5 and 2.7 also take the common name). With
    `insecureskipverify: true` any certificate will do, for the registry but not for clients that are redirected.
    """
    yield from certified(storage, "auth")
