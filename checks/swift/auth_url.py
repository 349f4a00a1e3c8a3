"""`swift.auth-url`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check


@check("swift.auth-url", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def auth_url(config: Config) -> Iterator[Finding]:
    """The address of the identity service is a URL with http or https.

    The driver logs in when it is built. An address without a scheme, even host and port, cannot be called: Go knows no
    protocol for it, and the registry panics at start without any packet sent (2.8.2, seen).
    """
    parameter = config.parameter("authurl")
    text = parameter.text
    scheme, separated, rest = text.partition("://")
    if not text:
        return
    if scheme.lower() in ("http", "https") and separated and rest[:1] not in ("", "/", "?", "#"):
        if not any(letter.isspace() for letter in rest.partition("/")[0]):
            return
        trouble, fix = "has a blank in its host", "Take the blank out."
    elif separated and scheme.lower() in ("http", "https"):
        trouble, fix = "names no host", f"Write the whole URL: {parameter.path}: https://HOST:5000/v3"
    elif separated:
        trouble, fix = (
            f"has the scheme {scheme!r}",
            f"Write it with https:// or http://: {parameter.path}: https://{rest}",
        )
    else:
        trouble, fix = "has no scheme", f"Set {parameter.path}: https://{text.lstrip('/')}"
    yield blocker(
        what=f"authurl {text!r} {trouble}.",
        why="The driver cannot call it: the registry panics at start.",
        fix=fix,
        where=parameter.path,
        breaks=EVERY_STAGE,
    )
