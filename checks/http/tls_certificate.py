"""`http.tls-certificate`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, check

from .._files import unusable
from .._tls import wrong_pair


@check("http.tls-certificate", when=("http.tls",), stages=(START,))
def tls_certificate(config: Config) -> Iterator[Finding]:
    """The registry's certificate and key can be loaded and belong together.

    `http.tls.certificate` turns TLS on, and `http.tls.key` must then hold the key of its first certificate, without a
    passphrase, both in PEM. They are loaded last, after everything else has started; a failure ends the registry. A
    path that is not absolute counts from the directory in which the registry runs.
    """
    certificate = config.text_at("http.tls.certificate")
    if not certificate or config.text_at("http.tls.letsencrypt.cachefile"):
        return
    key = config.text_at("http.tls.key")
    bad = wrong_pair(certificate, key)
    if bad is not None:
        path = certificate if bad.file == "certificate" else key
        yield unusable(f"{bad.file} of http.tls", path, bad.wrong, f"http.tls.{bad.file}")
