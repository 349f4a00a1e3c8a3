"""`moving.s3-credential-chain`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_another_identity_may_be_found() -> None:
    (finding,) = found("moving.s3-credential-chain", s3("accesskey: -", "secretkey: -"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.accesskey")
    assert not finding.breaks


def test_a_pair_stays_a_pair() -> None:
    assert not found("moving.s3-credential-chain", s3())
