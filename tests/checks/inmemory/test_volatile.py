"""`inmemory.volatile`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_memory_is_warned_of() -> None:
    (finding,) = found("inmemory.volatile", "version: 0.1\nstorage: {inmemory: {}}\n")
    assert (finding.severity, finding.where.path) == ("warning", "storage.inmemory")
    assert not finding.breaks
