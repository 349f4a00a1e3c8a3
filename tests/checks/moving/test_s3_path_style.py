"""`moving.s3-path-style`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found


def test_an_endpoint_no_longer_implies_the_path() -> None:
    (finding,) = found("moving.s3-path-style", clone())
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_forcepathstyle_is_ready() -> None:
    assert not found("moving.s3-path-style", clone("forcepathstyle: true"))


def test_amazon_is_ready() -> None:
    assert not found("moving.s3-path-style", s3())
