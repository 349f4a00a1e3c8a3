"""`http.tls-off`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

from ._tls import is_on

_KEYS = ("key", "clientcas", "minimumtls", "ciphersuites", "clientauth", "letsencrypt.email", "letsencrypt.hosts")


@check("http.tls-off")
def tls_off(config: Config) -> Iterator[Finding]:
    """What is set below `http.tls` takes effect.

    Only `certificate`, or `letsencrypt.cachefile`, turns TLS on. All other settings below `http.tls` are silently
    ignored without one of them, and the registry speaks plain HTTP, client authorities or not.
    """
    if is_on(config):
        return
    for key in _KEYS:
        if config.get(f"http.tls.{key}"):
            yield warning(
                what=f"http.tls.{key} is set, and neither http.tls.certificate nor http.tls.letsencrypt.cachefile is.",
                why="The registry speaks plain HTTP and ignores everything below http.tls, without a word.",
                fix="Name the certificate in http.tls.certificate, or remove http.tls.",
                where=f"http.tls.{key}",
            )
            return
