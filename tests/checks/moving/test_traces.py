"""`moving.traces`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_3_0_sends_traces() -> None:
    (finding,) = found("moving.traces", "version: 0.1\nstorage: {inmemory: {}}\n\n", target="registry-3.0")
    assert (finding.severity, finding.where.path) == ("note", "")
    assert not finding.breaks


def test_switched_off_it_sends_none() -> None:
    assert not found(
        "moving.traces",
        "version: 0.1\nstorage: {inmemory: {}}\n\n",
        {"OTEL_TRACES_EXPORTER": "none"},
        target="registry-3.0",
    )


def test_3_1_sends_none() -> None:
    assert not found("moving.traces", "version: 0.1\nstorage: {inmemory: {}}\n\n", target="registry-3.1")
