"""`http.tls-off`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

from ._tls import is_on

_KEYS = ("key", "clientcas", "minimumtls", "ciphersuites", "clientauth")
_ACME_KEYS = ("email", "hosts")


@check("http.tls-off", when=("http.tls",))
def tls_off(config: Config) -> Iterator[Finding]:
    """What is set below `http.tls` takes effect.

    Only `certificate`, or `letsencrypt.cachefile`, turns TLS on. All other settings below `http.tls` are silently
    ignored without one of them, and the registry speaks plain HTTP, client authorities or not.
    """
    if is_on(config):
        return
    settings, acme = config.section("http.tls"), config.section("http.tls.letsencrypt")
    idle = [key for key in _KEYS if settings.get(key)] + [f"letsencrypt.{key}" for key in _ACME_KEYS if acme.get(key)]
    if idle:
        yield warning(
            what=f"http.tls.{idle[0]} is set, and neither http.tls.certificate nor http.tls.letsencrypt.cachefile is.",
            why="The registry speaks plain HTTP and ignores everything below http.tls, without a word.",
            fix="Name the certificate in http.tls.certificate, or remove http.tls.",
            where=f"http.tls.{idle[0]}",
        )
