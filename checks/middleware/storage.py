"""`middleware.storage`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check, nearest, warning

from .._serving import PANICS, SERVING
from ._entries import Entry, entries


@check("middleware.storage", when=("middleware",), stages=(START,))
def storage(config: Config) -> Iterator[Finding]:
    """Every storage middleware is one that the release has, and is meant to run.

    All releases have cloudfront and redirect, 3.0 and later rewrite as well; others that are talked about (alicdn) were
    never in a release. Names are in lower case, and an unknown or missing one stops the registry. `disabled: true` is
    read and then not looked at: the middleware runs all the same, and its options must be right.
    """
    known = list(config.release.strings("middleware_storage"))
    for entry in entries(config):
        if entry.name not in known:
            yield _unknown(config, entry, known)
        elif config.get(f"{entry.path}.disabled") is True:
            yield warning(
                what=f"The storage middleware {entry.name} is marked as disabled.",
                why="No release looks at that: it runs all the same.",
                fix="Remove the entry.",
                where=f"{entry.path}.disabled",
            )


def _unknown(config: Config, entry: Entry, known: list[str]) -> Finding:
    near = nearest(entry.name, known)
    return blocker(
        what=f"{config.release.name} has no storage middleware called {entry.name!r}."
        if entry.name
        else f"{entry.path} has no name.",
        why=PANICS,
        fix=f"Write {near}." if near else f"Name one of {', '.join(known)}, or remove the entry.",
        where=f"{entry.path}.name",
        breaks=SERVING,
    )
