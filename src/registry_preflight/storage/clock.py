"""How far other clocks are from this machine's: by the `Date` of answers, and by NTP."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple

from registry_preflight.storage.meter import Sample

#: Cloud storage refuses signed requests that are further off than this, in seconds.
LIMIT = 900.0
#: Asked where no server is named and a store's clock disagrees with this machine's: by name, and Amazon's own.
TIME_SERVERS = ("pool.ntp.org", "time.cloudflare.com", "169.254.169.123")
#: Seconds that one time server gets.
PATIENCE = 2.0
#: Beyond this stratum, and with this leap indicator, a server does not know the time itself.
_LOWEST_STRATUM = 15
_UNSYNCHRONISED = 3


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


class NoTime(Exception):
    """A time server did not tell the time; the text says why."""


class Told(NamedTuple):
    """What a time server said: how far it is ahead and how long the answer was under way, in seconds; its stratum."""

    ahead: float
    delay: float
    stratum: int

    @property
    def offset(self) -> Offset:
        """The same as bounds."""
        return Offset(self.ahead - self.delay / 2, self.ahead + self.delay / 2)


def ask_time(server: str, patience: float = PATIENCE) -> Told:
    """Ask a time server, `HOST`, `HOST:PORT` or `[IPv6]:PORT`, once. Raises `NoTime`."""
    import ntplib

    host, port = _address(server)
    asked = time.time()
    try:
        answer = ntplib.NTPClient().request(host, port=port, version=4, timeout=patience)
    except (ntplib.NTPException, OSError) as error:
        raise NoTime(f"the time server {server} gave no usable answer ({error})") from None
    if answer.stratum == 0 and (code := answer.ref_id.to_bytes(4)).isalnum():
        raise NoTime(f"the time server {server} refuses to tell the time (kiss code {code.decode()})")
    if not 1 <= answer.stratum <= _LOWEST_STRATUM or answer.leap == _UNSYNCHRONISED:
        raise NoTime(f"the time server {server} is not synchronised itself (stratum {answer.stratum})")
    if not asked - 1 <= answer.orig_time <= time.time() + 1:
        raise NoTime(f"what the time server {server} sent is no answer to the question")
    return Told(answer.offset, max(0.0, answer.delay), answer.stratum)


def _address(server: str) -> tuple[str, int | str]:
    if server.startswith("["):
        host, _, port = server[1:].partition("]")
        return host, int(port[1:]) if port[1:].isdigit() else "ntp"
    host, colon, port = server.partition(":")
    if colon and port.isdigit() and ":" not in port:
        return host, int(port)
    return server, "ntp"
