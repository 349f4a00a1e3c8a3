"""`moving.s3-delete-errors`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_the_right_to_delete_is_needed() -> None:
    (finding,) = found("moving.s3-delete-errors", s3())
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.bucket")
    assert not finding.breaks


def test_unlike_in_2_x() -> None:
    (finding,) = found("moving.s3-delete-errors", s3(), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.bucket")
    assert not finding.breaks
