"""`health.names`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check

from .._serving import PANICS, SERVING
from ._checkers import checkers


@check("health.names", when=("health",), stages=(START,))
def names(config: Config) -> Iterator[Finding]:
    """No two health checks have the same name.

    A check is registered under the file, the URL or the address that it looks at, across all kinds, and the one of the
    storage as storagedriver_ with the driver's name. The second of a name stops the registry, even where both are
    empty.
    """
    seen: dict[str, str] = {}
    for checker in checkers(config):
        if checker.name in seen:
            yield blocker(
                what=f"{checker.path} looks at {checker.name!r}, and so does {seen[checker.name]}."
                if checker.name
                else f"{checker.path} and {seen[checker.name]} say nothing of what to look at.",
                why=f"{PANICS[:-1]}: a check of this name exists.",
                fix="Remove one of them.",
                where=checker.path,
                breaks=SERVING,
            )
            return
        seen[checker.name] = checker.path
