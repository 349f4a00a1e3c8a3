"""`http.host`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check, warning

from .._serving import PANICS, SERVING
from .._urls import parse


@check("http.host", when=("http.host",), stages=(START,))
def host(config: Config) -> Iterator[Finding]:
    """The address that clients are told is a full URL.

    `http.host` goes into the Location headers that uploads follow. The registry parses it at start and panics over what
    is no URL at all, such as 10.0.0.1:5000. It silently ignores one without scheme or host, such as myhost:5000, which
    to it is a URL of the scheme myhost.
    """
    text = config.text_at("http.host")
    if not text:
        return
    found = parse(text)
    if found.wrong:
        yield blocker(
            what=f"http.host is {text!r}: {found.wrong}.",
            why=PANICS,
            fix="Write the whole address that clients use, such as https://registry.example.com.",
            where="http.host",
            breaks=SERVING,
        )
    elif not (found.scheme and found.host):
        yield warning(
            what=f"http.host is {text!r}, which has no {'host' if found.scheme else 'scheme'}.",
            why="The registry ignores it and builds its URLs from what each request says.",
            fix=f"Write https://{text.lstrip('/')}, if clients reach it by TLS.",
            where="http.host",
        )
    elif found.scheme not in ("http", "https"):
        yield warning(
            what=f"http.host has the scheme {found.scheme}.",
            why="The registry sends clients to URLs of that scheme, which they don't speak: uploads fail.",
            fix="Write https:// or http:// in front.",
            where="http.host",
        )
