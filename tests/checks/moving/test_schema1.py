"""`moving.schema1`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_old_manifests_are_gone() -> None:
    (finding,) = found(
        "moving.schema1", "version: 0.1\nstorage: {inmemory: {}}\ncompatibility: {schema1: {enabled: true}}\n"
    )
    assert (finding.severity, finding.where.path) == ("note", "compatibility.schema1")
    assert not finding.breaks


def test_none_is_fine() -> None:
    assert not found("moving.schema1", "version: 0.1\nstorage: {inmemory: {}}\n\n")
