"""`middleware.pulls`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, CannotTell, Config, Finding, check

from ._entries import entries

_FOR_S3 = "cloudfront"
_ANY_DRIVER = "redirect"


@check("middleware.pulls", when=("middleware",), needs=["middleware.storage"], stages=(PULL,))
def pulls(config: Config) -> Iterator[Finding]:
    """Clients get blobs from the registry or its storage, and from no third party.

    The redirect middleware sends clients to another host for each blob, over every driver; cloudfront does so over s3,
    and rewrite changes the URLs that a driver makes. Whether the blobs are there is not for the config to say. Where
    `storage.redirect.disable` is true, no client is sent anywhere.
    """
    if not config.redirects:
        return
    for entry in entries(config):
        if entry.name == _ANY_DRIVER:
            raise CannotTell("clients fetch blobs from the redirect middleware's baseurl, which is not asked")
        if (entry.name == _FOR_S3 and config.family == "s3") or (entry.name == "rewrite" and _makes_urls(config)):
            raise CannotTell(f"clients fetch blobs by the URLs of the {entry.name} middleware, which are not tried")
    return
    yield


def _makes_urls(config: Config) -> bool:
    return config.table is not None and bool(config.table.get("redirects"))
