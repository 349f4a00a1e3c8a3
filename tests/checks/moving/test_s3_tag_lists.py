"""`moving.s3-tag-lists`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_3_1_leaves_tags_out() -> None:
    (finding,) = found("moving.s3-tag-lists", s3(), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3")
    assert not finding.breaks


def test_3_0_does_not() -> None:
    assert not found("moving.s3-tag-lists", s3(), target="registry-3.0")
