"""`moving.garbage-collection`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_3_x_collects_more() -> None:
    (finding,) = found("moving.garbage-collection", s3(), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3")
    assert not finding.breaks


def test_read_only_is_fine() -> None:
    assert not found(
        "moving.garbage-collection", s3(beside="  maintenance: {readonly: {enabled: true}}\n"), target="registry-3.1"
    )
