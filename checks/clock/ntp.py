"""`clock.ntp`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import CannotTell, Config, Finding, NoTime, ask_time, blocker, check, warning

from .._clocks import LIMIT, zone

#: Beyond this, in seconds, tokens and certificates that were just issued begin to be refused.
NOTICEABLE = 5.0
TIMEOUT = 5.0


@check("clock.ntp", touches="network", when=("--ntp",))
def ntp(config: Config) -> Iterator[Finding]:
    """This machine's clock agrees with the time server that was named.

    Signed requests to cloud storage are refused when the clocks are 15 minutes apart, and tokens for pushes and pulls
    are valid from the second at which they were issued. The server that --ntp names is asked once; its answer says how
    far this machine's clock is off.
    """
    try:
        told = ask_time(str(config.options.ntp), TIMEOUT)
    except NoTime as reason:
        raise CannotTell(str(reason)) from None
    offset = told.ahead
    if abs(offset) <= NOTICEABLE:
        return
    say = blocker if abs(offset) >= LIMIT else warning
    yield say(
        what=f"This machine's clock is {abs(offset):.0f} s {'behind' if offset > 0 else 'ahead of'} {config.options.ntp}{zone(offset)}.",
        why="Cloud storage refuses signed requests at 15 minutes, and tokens for pushes and pulls fail before that.",
        fix="Set the clock of the host (not of a container) and keep it with chrony or systemd-timesyncd.",
        evidence=f"offset {offset:.3f} s, round trip {told.delay:.3f} s, stratum {told.stratum}",
    )
