"""`middleware.registry`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check

from .._serving import PANICS, SERVING
from ._entries import entries


@check("middleware.registry", when=("middleware",), stages=(START,))
def registry(config: Config) -> Iterator[Finding]:
    """No middleware is asked for around the registry as a whole.

    `middleware.registry` is a place for code that a build of one's own brings. No release brings any, so each entry,
    disabled or not, stops the registry at start.
    """
    for entry in entries(config, "registry"):
        yield blocker(
            what=f"No release has a registry middleware, so there is none called {entry.name!r}.",
            why=PANICS,
            fix="Remove middleware.registry. What changes URLs of blobs belongs below middleware.storage.",
            where=entry.path,
            breaks=SERVING,
        )
        return
