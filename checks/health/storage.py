"""`health.storage`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

from ._checkers import checkers

_SECOND, _MILLISECOND = 10**9, 10**6


@check("health.storage", when=("health",))
def storage(config: Config) -> Iterator[Finding]:
    """Health checks leave time between them.

    An interval below `health` is a duration with a unit. A bare number counts nanoseconds: `interval: 10` starts, and
    then asks the storage again and again without a pause (2.8.3, seen). Without an interval it is ten seconds. While
    the storage check fails, every request is answered with 503.
    """
    for checker in checkers(config):
        if 0 < checker.interval < _SECOND:
            cause = "A bare number counts nanoseconds: the" if checker.interval < _MILLISECOND else "The"
            yield warning(
                what=f"{checker.path}.interval is {_told(checker.interval)}.",
                why=f"{cause} check runs over and over, almost without a pause.",
                fix="Write interval: 10s, with the unit.",
                where=f"{checker.path}.interval",
            )


def _told(nanoseconds: int) -> str:
    return f"{nanoseconds} nanoseconds" if nanoseconds < _MILLISECOND else f"{nanoseconds // _MILLISECOND} milliseconds"
