"""The longest chain of requests, from when each began and how long it took."""

from __future__ import annotations

import pytest

from registry_preflight.storage.meter import Sent, longest_chain


def sent(started: float, seconds: float) -> Sent:
    return Sent("GET", "http://store/", 200, started, seconds, "check", False)


@pytest.mark.parametrize(
    ("spans", "chain"),
    [
        ([], (0, 0.0)),
        ([(0, 1)], (1, 1.0)),
        ([(0, 1), (1, 1), (2, 1)], (3, 3.0)),
        ([(0, 1), (0, 1), (0, 1)], (1, 1.0)),
        ([(0, 1), (0, 3), (1, 1), (2, 0.5)], (1, 3.0)),
        ([(0, 1), (0, 2), (2, 2), (1.5, 1)], (2, 4.0)),
        ([(5, 1), (0, 1)], (2, 2.0)),
    ],
)
def test_what_ran_beside_counts_once(spans: list[tuple[float, float]], chain: tuple[int, float]) -> None:
    assert longest_chain([sent(*span) for span in spans]) == chain
