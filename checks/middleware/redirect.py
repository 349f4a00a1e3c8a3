"""`middleware.redirect`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, check, warning

from .._urls import parse
from ._entries import Entry, named


@check("middleware.redirect", when=("middleware",), needs=["middleware.storage"], stages=(START,))
def redirect(config: Config) -> Iterator[Finding]:
    """The redirect middleware has a base URL that it can use.

    `baseurl` must be text with scheme and host. Clients are sent to it with the path of the blob behind it. Up to 2.8
    a path in `baseurl` itself is dropped, from 3.0 on it is put in front.
    """
    for entry in named(config, "redirect"):
        refused = list(entry.needs_text("baseurl", "https://mirror.example.com"))
        yield from refused or _base(config, entry, str(entry.options["baseurl"]))


def _base(config: Config, entry: Entry, text: str) -> Iterator[Finding]:
    url = parse(text)
    wrong = url.wrong or ("it has no scheme" if not url.scheme else "" if url.host else "it has no host")
    if wrong:
        yield entry.refused("baseurl", f"is {text!r}: {wrong}", "Write a URL: https://mirror.example.com.")
    elif url.path.strip("/") and config.release.fact("redirect_baseurl_path_dropped"):
        yield warning(
            what=f"The path in the redirect middleware's baseurl {text!r} is dropped.",
            why=f"{config.release.name} sends clients to the blob's path on {url.host}, without {url.path} in front.",
            fix="Serve the storage at the root of that host.",
            where=entry.where("baseurl"),
        )
