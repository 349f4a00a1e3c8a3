"""`swift.endpoint-type`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check, note, warning

from ._auth import version

WORDS = ("public", "internal", "admin")


@check("swift.endpoint-type", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def endpoint_type(config: Config) -> Iterator[Finding]:
    """The type of endpoint is public, internal or admin.

    OpenStack's own tools write publicURL or internalURL. The driver compares the word as it stands with the catalogue
    and finds nothing then: the registry panics at start (2.8.2 with a real Keystone). Version 1 of the login has no
    catalogue. The addresses that clients are redirected to have the same host, so an internal one has to be reachable
    by them.
    """
    parameter = config.parameter("endpointtype")
    word = parameter.text
    used = version(config)
    if not parameter.given or not word or parameter.wanted or word == "public":
        return
    if used == 1:
        yield note(
            what="endpointtype is set, and the login is by version 1, which has no catalogue.",
            why="The driver ignores it.",
            fix=f"Remove {parameter.path}.",
            where=parameter.path,
        )
    elif word not in WORDS:
        plain = word.lower().removesuffix("url")
        yield blocker(
            what=f"endpointtype is {word!r}; the driver knows {', '.join(WORDS)}.",
            why="It finds no address of a store in the catalogue: the registry panics at start.",
            fix=f"Set {parameter.path}: {plain if plain in WORDS else 'public'}",
            where=parameter.path,
            breaks=EVERY_STAGE if used in (2, 3) else (),
        )
    elif config.redirects:
        yield warning(
            what=f"endpointtype is {word}, and pulls are redirected to that address.",
            why="Clients outside cannot reach it: pushes work, and their pulls fail.",
            fix="Set storage.redirect.disable: true, or endpointtype: public.",
            where=parameter.path,
        )
