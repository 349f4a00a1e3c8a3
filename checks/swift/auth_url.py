"""`swift.auth-url`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check

from .._urls import parse


@check("swift.auth-url", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def auth_url(config: Config) -> Iterator[Finding]:
    """The address of the identity service is a URL with http or https.

    The driver logs in when it is built. An address without a scheme, even host and port, cannot be called: Go knows no
    protocol for it, and the registry panics at start without any packet sent (2.8.2, seen).
    """
    parameter = config.parameter("authurl")
    text = parameter.text
    if not text:
        return
    url = parse(text)
    rest = text.partition("://")[2]
    if url.wrong:
        trouble, fix = f"is no URL: {url.wrong}", f"Write the whole URL: {parameter.path}: https://HOST:5000/v3"
    elif url.scheme not in ("http", "https"):
        trouble = f"has the scheme {url.scheme!r}" if rest else "has no scheme"
        fix = f"Set {parameter.path}: https://{rest or text.lstrip('/')}"
    elif not url.host:
        trouble, fix = "names no host", f"Write the whole URL: {parameter.path}: https://HOST:5000/v3"
    else:
        return
    yield blocker(
        what=f"authurl {text!r} {trouble}.",
        why="The driver cannot call it: the registry panics at start.",
        fix=fix,
        where=parameter.path,
        breaks=EVERY_STAGE,
    )
