"""`moving.s3-new-keys`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_2_x_ignores_path_style() -> None:
    (finding,) = found("moving.s3-new-keys", s3("forcepathstyle: true"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.forcepathstyle")
    assert not finding.breaks


def test_2_x_does_not_know_the_region() -> None:
    (finding,) = found("moving.s3-new-keys", s3("region: eu-north-1"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.region")
    assert not finding.breaks


def test_nothing_new_is_fine() -> None:
    assert not found("moving.s3-new-keys", s3(), target="registry-3.1")
