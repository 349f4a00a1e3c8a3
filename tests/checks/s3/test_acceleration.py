"""`s3.acceleration`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_dot_in_the_bucket_stops_every_request() -> None:
    (finding,) = found("s3.acceleration", s3("accelerate: true", "bucket: my.images"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.accelerate")
    assert finding.breaks == REQUESTS


def test_an_endpoint_is_not_accelerated() -> None:
    (finding,) = found("s3.acceleration", clone("accelerate: true"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.accelerate")
    assert not finding.breaks


def test_path_style_is_dropped() -> None:
    (finding,) = found("s3.acceleration", s3("accelerate: true", "forcepathstyle: true"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.forcepathstyle")
    assert not finding.breaks


def test_dual_stack_has_nothing_to_choose_beside_an_endpoint() -> None:
    (finding,) = found("s3.acceleration", clone("usedualstack: true"), target="registry-3.0")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.usedualstack")
    assert not finding.breaks


def test_acceleration_alone_is_fine() -> None:
    assert not found("s3.acceleration", s3("accelerate: true"), target="registry-3.1")


def test_2_8_does_not_read_it() -> None:
    assert not found("s3.acceleration", s3("accelerate: true", "bucket: my.images"))
