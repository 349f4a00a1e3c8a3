"""`swift.prefix`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import swift
from ..findings import found


def test_rootdirectory_is_ignored() -> None:
    (finding,) = found("swift.prefix", swift("rootdirectory: /team"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.rootdirectory")
    assert not finding.breaks


def test_a_prefix_is_fine() -> None:
    assert not found("swift.prefix", swift("prefix: team"))
