"""`azure.service-scheme`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, Config, Finding, blocker, check

from ._account import NEW, REQUESTS


@check("azure.service-scheme", needs=["storage.driver"], drivers=["azure"], when=("storage.azure.serviceurl",))
def service_scheme(config: Config) -> Iterator[Finding]:
    """The service is reached over TLS, or nothing needs that.

    Only a `serviceurl` can be plain HTTP, as for an emulator. The addresses that clients are redirected to are signed
    for https alone, so with http each pull is refused (3.1.1 with an emulator, seen). Tokens are not sent over http at
    all.
    """
    if not config.parameters.reads("serviceurl"):
        return
    url = config.parameter("serviceurl")
    if url.text.partition("://")[0].lower() == "http" and "://" in url.text:
        yield from _plain(config, url.path)


def _plain(config: Config, path: str) -> Iterator[Finding]:
    if config.parameter("credentials.type").text in ("client_secret", "default_credentials"):
        yield blocker(
            what="serviceurl is plain HTTP, and the registry logs in with a token.",
            why="The library sends no token over plain HTTP: the registry starts, and every request fails.",
            fix="Use https://, or credentials.type: shared_key with an emulator.",
            where=path,
            breaks=REQUESTS,
            releases=NEW,
        )
    elif config.redirects_to_storage:
        yield blocker(
            what="serviceurl is plain HTTP, and pulls are redirected to it.",
            why="The addresses for clients are signed for https alone, so the service refuses every pull of a layer.",
            fix="Set storage.redirect.disable: true, or use https://.",
            where=path,
            breaks=(PULL,),
            releases=NEW,
        )
