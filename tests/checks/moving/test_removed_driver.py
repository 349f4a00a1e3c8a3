"""`moving.removed-driver`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3, swift
from ..findings import found


def test_swift_ends_with_2_8() -> None:
    (finding,) = found("moving.removed-driver", swift())
    assert (finding.severity, finding.where.path) == ("note", "storage.swift")
    assert not finding.breaks


def test_s3_goes_on() -> None:
    assert not found("moving.removed-driver", s3())
