"""`swift.chunk-size`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import swift
from ..findings import found


def test_more_than_an_object_can_hold() -> None:
    (finding,) = found("swift.chunk-size", swift("chunksize: 6442450944"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.chunksize")
    assert not finding.breaks


def test_small_segments_are_slow() -> None:
    (finding,) = found("swift.chunk-size", swift("chunksize: 5242880"))
    assert (finding.severity, finding.where.path) == ("note", "storage.swift.chunksize")
    assert not finding.breaks


def test_the_default_is_fine() -> None:
    assert not found("swift.chunk-size", swift())
