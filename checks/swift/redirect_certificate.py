"""`swift.redirect-certificate`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

TRUST = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@check("swift.redirect-certificate", needs=["storage.driver"], drivers=["swift"])
def redirect_certificate(config: Config) -> Iterator[Finding]:
    """Clients that are sent to the storage trust its certificate.

    `insecureskipverify` and SSL_CERT_FILE help the registry alone. On a pull it sends clients to the storage, and each Docker
    engine then looks at the certificate for itself; so does any other program that is given the same settings.
    """
    blind = config.parameter("insecureskipverify").value is True
    named = next((name for name in TRUST if config.environment.get(name)), "")
    if not config.redirects or not (blind or named) or not config.parameter("authurl").text.startswith("https://"):
        return
    how = "is accepted unseen (insecureskipverify)" if blind else f"is trusted by the registry's own {named}"
    yield warning(
        what=f"The cluster's certificate {how}, and pulls are redirected to its storage.",
        why="The registry works, and clients that do not trust that certificate fail to pull: x509, certificate signed by"
        " unknown authority.",
        fix="Give every client the certificate of the cluster's authority, or set storage.redirect.disable: true.",
        where=config.parameter("insecureskipverify").path if blind else "storage.swift.authurl",
    )
