"""`log.formatter`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check, nearest

_KNOWN = ("text", "json", "logstash")


@check("log.formatter", when=("log.formatter",), stages=(START, GC))
def formatter(config: Config) -> Iterator[Finding]:
    """The layout of log lines is one that the registry has.

    `log.formatter` is text, json or logstash, in lower case; text where it is left out. Any other word ends the
    registry at start, and garbage-collect as well.
    """
    name = config.text_at("log.formatter")
    if not name or name in _KNOWN:
        return
    near = nearest(name, _KNOWN)
    yield blocker(
        what=f"The registry has no log formatter called {name!r}.",
        why="It ends at start with an error, and so does garbage-collect.",
        fix=f"Write formatter: {near}." if near else "Write text, json or logstash.",
        where="log.formatter",
        breaks=EVERY_STAGE,
    )
