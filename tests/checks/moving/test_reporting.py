"""`moving.reporting`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_nobody_reports_any_more() -> None:
    (finding,) = found(
        "moving.reporting", "version: 0.1\nstorage: {inmemory: {}}\nreporting: {bugsnag: {apikey: abcdefgh}}\n"
    )
    assert (finding.severity, finding.where.path) == ("note", "reporting")
    assert not finding.breaks


def test_none_is_fine() -> None:
    assert not found("moving.reporting", "version: 0.1\nstorage: {inmemory: {}}\n\n")
