"""`moving.s3-numbers`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_hexadecimal_is_zero_in_3_x() -> None:
    (finding,) = found("moving.s3-numbers", s3("chunksize: '0xA00000'"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.chunksize")
    assert not finding.breaks


def test_digits_are_digits() -> None:
    assert not found("moving.s3-numbers", s3("chunksize: 10485760"), target="registry-3.1")
