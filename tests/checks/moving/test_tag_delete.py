"""`moving.tag-delete`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_3_0_deletes_tags_all_the_same() -> None:
    (finding,) = found("moving.tag-delete", "version: 0.1\nstorage: {inmemory: {}}\n\n", target="registry-3.0")
    assert (finding.severity, finding.where.path) == ("note", "storage.delete")
    assert not finding.breaks


def test_3_1_does_not() -> None:
    assert not found("moving.tag-delete", "version: 0.1\nstorage: {inmemory: {}}\n\n", target="registry-3.1")
