"""`health.intervals`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check

from .._serving import PANICS, SERVING
from ._checkers import checkers


@check("health.intervals", when=("health",), stages=(START,))
def intervals(config: Config) -> Iterator[Finding]:
    """No health check has a negative interval.

    Zero, or nothing, stands for ten seconds. A negative interval panics as soon as the check's timer is made, which is
    before the registry listens (2.8.2, seen). That of a storage check which is not enabled is not looked at.
    """
    for checker in checkers(config):
        if checker.interval < 0:
            yield blocker(
                what=f"{checker.path}.interval is negative.",
                why=PANICS,
                fix="Write interval: 10s, which is the default.",
                where=f"{checker.path}.interval",
                breaks=SERVING,
            )
