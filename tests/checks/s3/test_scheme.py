"""`s3.scheme`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found


def test_https_wins_over_secure_false() -> None:
    (finding,) = found("s3.scheme", clone("secure: false"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.secure")
    assert not finding.breaks


def test_http_wins_over_secure_true() -> None:
    (finding,) = found("s3.scheme", clone("regionendpoint: http://10.0.0.5:9000", "secure: true"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.secure")
    assert not finding.breaks


def test_amazon_over_plain_http_is_warned_of() -> None:
    (finding,) = found("s3.scheme", s3("secure: false"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.secure")
    assert not finding.breaks


def test_there_is_nothing_to_verify_over_plain_http() -> None:
    (finding,) = found("s3.scheme", clone("regionendpoint: http://10.0.0.5:9000", "skipverify: true"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.skipverify")
    assert not finding.breaks


def test_http_with_the_default_is_fine() -> None:
    assert not found("s3.scheme", clone("regionendpoint: http://10.0.0.5:9000"))


def test_secure_counts_without_a_scheme() -> None:
    assert not found("s3.scheme", clone("regionendpoint: 10.0.0.5:9000", "secure: false"))
