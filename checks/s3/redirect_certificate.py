"""`s3.redirect-certificate`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

from ._store import endpoint, path_of

TRUST = ("SSL_CERT_FILE", "SSL_CERT_DIR", "AWS_CA_BUNDLE")


@check(
    "s3.redirect-certificate",
    when=("storage.*.regionendpoint",),
    needs=["storage.driver"],
    drivers=["s3"],
)
def redirect_certificate(config: Config) -> Iterator[Finding]:
    """Clients that are sent to the store trust its certificate.

    `skipverify` and SSL_CERT_FILE help the registry alone. On a pull it sends clients to the store, and each Docker
    engine then looks at the store's certificate for itself. Docker Trusted Registry redirects from 2.3 on, and engines
    that had pulled before began to fail. Pulls through `redirect.disable: true` show clients no certificate but the
    registry's.
    """
    place = endpoint(config)
    if place is None or place.wrong or place.amazon or place.scheme != "https" or not config.redirects_to_storage:
        return
    blind = config.parameters.reads("skipverify") and config.parameter("skipverify").value is True
    named = next((name for name in TRUST if config.environment.get(name)), "")
    if not blind and not named:
        return
    how = "is accepted unseen (skipverify)" if blind else f"is trusted by the registry's own {named}"
    yield warning(
        what=f"The store's certificate {how}, and pulls are redirected to {place.url}.",
        why="The registry works, and clients that do not trust the store's certificate fail to pull: x509, certificate"
        " signed by unknown authority.",
        fix="Give every client the certificate of the store's authority, or set storage.redirect.disable: true.",
        where=path_of(config, "skipverify") if blind else path_of(config, "regionendpoint"),
    )
