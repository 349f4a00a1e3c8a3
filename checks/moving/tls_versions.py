"""`moving.tls-versions`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.tls-versions", when=("http.tls",), releases=OLD)
def tls_versions(config: Config) -> Iterator[Finding]:
    """Clients may go on to connect with their version of TLS.

    TLS 1.0 and 1.1 are accepted as minimum by 2.8 and refused by 3.x, which does not start then.
    """
    version = config.text_at("http.tls.minimumtls")
    if version in ("tls1.0", "tls1.1"):
        yield note(
            what=f"3.x does not know the minimum {version}.",
            why="A 3.x registry refuses to start with it, and old clients can no longer connect.",
            fix="Set http.tls.minimumtls: tls1.2 before the move.",
            where="http.tls.minimumtls",
            releases=NEW,
        )
