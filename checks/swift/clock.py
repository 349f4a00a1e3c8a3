"""`swift.clock`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, Finding, SwiftStorage, blocker, check, warning

from .._clocks import zone
from ._terms import CONTAINER

#: Seconds that a temporary address lives, by the registry's clock, and what is told before.
LIFE = 20 * 60
SOON = 120.0


@check("swift.clock", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"], stages=(PULL,))
def clock(storage: SwiftStorage) -> Iterator[Finding]:
    """The clocks of this machine and of the storage agree.

    Tokens are made by the cluster and compared by it, so requests need no clock. But the address to which a client is sent ends
    20 minutes after the registry's time, and where the storage's clock is further ahead than that, it has ended already:
    pulls answer 401.
    """
    offset = storage.clock_offset
    if offset is None or offset.surely < SOON:
        return
    ahead = offset.middle > 0
    signed = storage.config.redirects and "GET" in storage.temp_urls.methods
    broken = signed and ahead and offset.surely > LIFE
    (say, breaks) = (blocker, (PULL,)) if broken else (warning, ())
    yield say(
        what=f"The storage's clock is {abs(offset.middle):.0f} s {'ahead of' if ahead else 'behind'} this machine's"
        f"{zone(offset.middle)}.",
        why="The addresses to which clients are sent have ended before they are used: pulls answer 401."
        if broken
        else "The addresses to which clients are sent live for 20 minutes, less or more by as much.",
        fix="Set both clocks by a time server, with chrony or systemd-timesyncd.",
        breaks=breaks,
        evidence=f"Date of the storage: {offset.middle:+.1f} s, exact to {offset.exactness:.1f} s",
    )
