"""`s3.user-agent`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_2_8_overwrites_it() -> None:
    (finding,) = found("s3.user-agent", s3("useragent: mine"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.useragent")
    assert not finding.breaks


def test_3_1_uses_it() -> None:
    assert not found("s3.user-agent", s3("useragent: mine"), target="registry-3.1")
