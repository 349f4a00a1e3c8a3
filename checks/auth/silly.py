"""`auth.silly`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, check, warning

from ._options import kind_of, not_text


@check("auth.silly", when=("auth",), needs=["auth.kind"], stages=(START,))
def silly(config: Config) -> Iterator[Finding]:
    """Access control is more than a toy.

    The silly access controller lets everybody in who sends any Authorization header at all. It is meant for tests. It
    wants `realm` and `service` as text, else the registry panics at start.
    """
    if kind_of(config) != "silly":
        return
    yield from not_text(config, "silly", ("realm", "service"), "TEXT")
    yield warning(
        what="The access controller is silly.",
        why="Whoever sends any Authorization header may push, pull and delete.",
        fix="Use htpasswd or token.",
        where="auth.silly",
    )
