"""`clock.ntp`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import CannotTell, Config, Finding, blocker, check, server_address, warning

from .._clocks import LIMIT, zone

#: Beyond this, in seconds, tokens and certificates that were just issued begin to be refused.
NOTICEABLE = 5.0
TIMEOUT = 5.0
#: The leap indicator of a server that does not know the time.
UNSYNCHRONISED = 3


@check("clock.ntp", touches="network", when=("--ntp",))
def ntp(config: Config) -> Iterator[Finding]:
    """This machine's clock agrees with the time server that was named.

    Signed requests to cloud storage are refused when the clocks are 15 minutes apart, and tokens for pushes and pulls
    are valid from the second at which they were issued. The server that --ntp names is asked once; its answer says how
    far this machine's clock is off.
    """
    import time

    import ntplib

    host, port = server_address(str(config.options.ntp))
    asked = time.time()
    try:
        answer = ntplib.NTPClient().request(host, port=port, version=4, timeout=TIMEOUT)
    except (ntplib.NTPException, OSError) as error:
        raise CannotTell(f"the time server {config.options.ntp} gave no usable answer ({error})") from None
    if answer.stratum == 0 and (code := answer.ref_id.to_bytes(4)).isalnum():
        raise CannotTell(f"the time server {config.options.ntp} refuses to tell the time (kiss code {code.decode()})")
    if not 1 <= answer.stratum <= 15 or answer.leap == UNSYNCHRONISED:
        raise CannotTell(f"the time server {config.options.ntp} is not synchronised itself (stratum {answer.stratum})")
    if not asked - 1 <= answer.orig_time <= time.time() + 1:
        raise CannotTell(f"what the time server {config.options.ntp} sent is no answer to the question")
    offset = answer.offset
    if abs(offset) <= NOTICEABLE:
        return
    say = blocker if abs(offset) >= LIMIT else warning
    yield say(
        what=f"This machine's clock is {abs(offset):.0f} s {'behind' if offset > 0 else 'ahead of'} {config.options.ntp}{zone(offset)}.",
        why="Cloud storage refuses signed requests at 15 minutes, and tokens for pushes and pulls fail before that.",
        fix="Set the clock of the host (not of a container) and keep it with chrony or systemd-timesyncd.",
        evidence=f"offset {offset:.3f} s, round trip {answer.delay:.3f} s, stratum {answer.stratum}",
    )
