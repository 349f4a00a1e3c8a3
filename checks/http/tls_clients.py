"""`http.tls-clients`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, check, warning

from .._files import unusable
from .._tls import wrong_authorities
from ._tls import is_on


@check("http.tls-clients", when=("http.tls",), stages=(START,))
def tls_clients(config: Config) -> Iterator[Finding]:
    """The authorities for client certificates can be loaded.

    With `http.tls.clientcas` every client must show a certificate of one of these authorities. Each file must be
    readable and hold at least one certificate in PEM, else the registry ends at start. From 3.0 on
    `http.tls.clientauth` says how much is asked; without `clientcas` it has no effect, and no client is asked.
    """
    files = config.items("http.tls.clientcas")
    if not is_on(config):
        return
    for number, path in enumerate(map(str, files)):
        if wrong := wrong_authorities(path):
            yield unusable("list of client authorities", path, wrong, f"http.tls.clientcas[{number}]")
    if config.text_at("http.tls.clientauth") and not files:
        yield warning(
            what="http.tls.clientauth is set and http.tls.clientcas is not.",
            why="Without authorities the registry asks no client for a certificate.",
            fix="Name the files of the authorities in http.tls.clientcas.",
            where="http.tls.clientauth",
        )
