"""How far other clocks are from this machine's: by the `Date` of answers, and by NTP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from registry_preflight.storage.meter import Sample

#: Cloud storage refuses signed requests that are further off than this, in seconds.
LIMIT = 900.0
#: Asked where no server is named and a store's clock disagrees with this machine's: by name, and Amazon's own.
TIME_SERVERS = ("pool.ntp.org", "time.cloudflare.com", "169.254.169.123")
#: Seconds that one time server gets.
PATIENCE = 2.0


class Offset(NamedTuple):
    """How far another clock is ahead of this one, in seconds: somewhere between `least` and `most`."""

    least: float
    most: float

    @property
    def middle(self) -> float:
        """The likeliest value."""
        return (self.least + self.most) / 2

    @property
    def surely(self) -> float:
        """The smallest distance that all samples allow, without a sign."""
        return 0.0 if self.least <= 0 <= self.most else min(abs(self.least), abs(self.most))

    @property
    def exactness(self) -> float:
        """How far the likeliest value may be wrong."""
        return (self.most - self.least) / 2


def offset_of(samples: Iterable[Sample]) -> Offset | None:
    """What several `Date` headers together say; `None` where there is none, or where they contradict each other.

    A header has whole seconds and was written while the request was under way, so that each sample bounds the offset
    on both sides; several narrow it down. Behind a balancer servers may disagree.
    """
    least, most = float("-inf"), float("inf")
    for sample in samples:
        least = max(least, sample.date - sample.after)
        most = min(most, sample.date + 1 - sample.before)
    return Offset(least, most) if float("-inf") < least <= most else None


def ntp_offset(server: str, port: int | str = "ntp", patience: float = PATIENCE) -> Offset | None:
    """How far a time server is ahead; `None` where it gives no usable answer."""
    import ntplib

    try:
        answer = ntplib.NTPClient().request(server, port=port, version=4, timeout=patience)
    except (ntplib.NTPException, OSError):
        return None
    if not 1 <= answer.stratum <= 15:
        return None
    half = max(0.0, answer.delay) / 2
    return Offset(answer.offset - half, answer.offset + half)


def server_address(server: str) -> tuple[str, int | str]:
    """Host and port of `HOST`, `HOST:PORT` or `[IPv6]:PORT`."""
    if server.startswith("["):
        host, _, port = server[1:].partition("]")
        return host, int(port[1:]) if port[1:].isdigit() else "ntp"
    host, colon, port = server.partition(":")
    if colon and port.isdigit() and ":" not in port:
        return host, int(port)
    return server, "ntp"
