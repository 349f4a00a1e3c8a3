"""What a run sent and received, request by request: for the report's count, its timeline and the clock."""

from __future__ import annotations

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

#: So many requests are told one by one; a run makes some dozens. All are counted.
MOST_RECORDED = 2000


class Sample(NamedTuple):
    """A server's `Date` header: the time between `before` and `after` of this machine's clock, all in seconds since 1970.

    The header has whole seconds, so the server's time was between `date` and a second later.
    """

    host: str
    before: float
    after: float
    date: float


class Sent(NamedTuple):
    """One request: `started` on the scale of `time.perf_counter`, `status` 0 where no answer came.

    `by` is the thread that sent it, which bears the id of its check; `fresh` says that a connection was made for it.
    """

    method: str
    url: str
    status: int
    started: float
    seconds: float
    by: str
    fresh: bool
    trouble: str = ""


class Meter:
    """Counts for all transports of one handle. Safe to use from several threads."""

    def __init__(self, mask: Callable[[str], str] = str) -> None:
        self._mask = mask
        self._lock = threading.Lock()
        self.count = 0
        self.bytes_sent = 0
        self.bytes_received = 0
        self._requests: list[Sent] = []
        self._samples: list[Sample] = []

    @property
    def requests(self) -> tuple[Sent, ...]:
        """The requests so far, in the order in which they ended."""
        with self._lock:
            return tuple(self._requests)

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Every `Date` header that came, with what this machine's clock showed around it."""
        with self._lock:
            return tuple(self._samples)

    def add(self, sent: int = 0, received: int = 0) -> None:
        """Bytes that went over a connection, headers included; what TLS adds to them is not counted."""
        with self._lock:
            self.bytes_sent += sent
            self.bytes_received += received

    def note_date(self, host: str, before: float, after: float, date: float) -> None:
        """Keep a server's `Date` header; all times in seconds since 1970."""
        with self._lock:
            if len(self._samples) < MOST_RECORDED:
                self._samples.append(Sample(host, before, after, date))

    def record(self, method: str, url: str, status: int, started: float, fresh: bool, trouble: str = "") -> None:
        """A request that has ended, now."""
        seconds = time.perf_counter() - started
        shown = self._mask(url.partition("?")[0])
        by = threading.current_thread().name
        with self._lock:
            self.count += 1
            if len(self._requests) < MOST_RECORDED:
                self._requests.append(Sent(method, shown, status, started, seconds, by, fresh, trouble))


def longest_chain(requests: Iterable[Sent]) -> tuple[int, float]:
    """How many requests waited for each other at most, and their seconds: the chain, each after the end of the one before,
    that took longest. What was under way at the same time counts once.
    """
    best: list[tuple[float, float, int]] = []  # by the end of their last request: end, seconds, count
    for one in sorted(requests, key=lambda one: one.started + one.seconds):
        at = bisect_right(best, one.started, key=lambda chain: chain[0])
        seconds, count = (best[at - 1][1], best[at - 1][2]) if at else (0.0, 0)
        chain = (one.started + one.seconds, seconds + one.seconds, count + 1)
        best.append(chain if not best or chain[1] > best[-1][1] else (chain[0], *best[-1][1:]))
    return (best[-1][2], best[-1][1]) if best else (0, 0.0)
