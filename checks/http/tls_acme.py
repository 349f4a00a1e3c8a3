"""`http.tls-acme`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PULL, PUSH, START, CannotTell, Config, Finding, blocker, check

from .._serving import ENDS, SERVING

_PATH = "http.tls.letsencrypt"


@check("http.tls-acme", when=("http.tls",), stages=(START,))
def tls_acme(config: Config) -> Iterator[Finding]:
    """Certificates from an ACME service are set up completely.

    `http.tls.letsencrypt.cachefile` turns it on, and excludes `http.tls.certificate`. From 2.8 on nothing is asked of
    the service before a client comes, and only for the names in `hosts`: without any, every handshake fails. Up to 2.7
    the registry calls the service at start where `email` is set.
    """
    if not config.text_at(f"{_PATH}.cachefile"):
        return
    if config.text_at("http.tls.certificate"):
        yield blocker(
            what="Both http.tls.certificate and http.tls.letsencrypt.cachefile are set.",
            why=ENDS,
            fix="Keep one of them.",
            where=f"{_PATH}.cachefile",
            breaks=SERVING,
        )
    elif config.release.before("2.8"):
        if config.text_at(f"{_PATH}.email"):
            raise CannotTell("with letsencrypt.email the registry calls the ACME service when it starts")
    elif not config.items(f"{_PATH}.hosts"):
        yield blocker(
            what=f"{_PATH}.hosts is empty.",
            why="The registry starts, and refuses every TLS handshake: it knows no host to get a certificate for.",
            fix=f"List the host names of the registry in {_PATH}.hosts.",
            where=f"{_PATH}.hosts",
            breaks=(PUSH, PULL, DELETE),
        )
