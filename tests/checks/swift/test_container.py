"""`swift.container`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE, PUSH

from ..drivers import swift
from ..findings import found


def test_a_slash_stops_the_start() -> None:
    (finding,) = found("swift.container", swift("container: registry/team"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.container")
    assert finding.breaks == EVERY_STAGE


def test_with_a_slash_at_the_end_it_starts_and_nothing_else_works() -> None:
    (finding,) = found("swift.container", swift("container: registry/"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.container")
    assert finding.breaks == EVERY_STAGE[1:]


def test_a_very_long_name_stops_the_start() -> None:
    (finding,) = found("swift.container", swift(f"container: {'c' * 257}"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.container")
    assert finding.breaks == EVERY_STAGE


def test_a_name_is_fine() -> None:
    assert not found("swift.container", swift())


def test_a_name_is_measured_in_bytes() -> None:
    (finding,) = found("swift.container", swift(f"container: {'ü' * 129}"))
    assert finding.breaks == EVERY_STAGE


def test_segments_can_t_be_joined_by_an_escape() -> None:
    (finding,) = found("swift.container", swift("container: a%2Fb"))
    assert finding.breaks == (PUSH,)
