"""`moving.user-agent`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_3_x_uses_it() -> None:
    (finding,) = found("moving.user-agent", s3("useragent: mine"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.useragent")
    assert not finding.breaks


def test_none_is_fine() -> None:
    assert not found("moving.user-agent", s3())
