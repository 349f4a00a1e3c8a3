"""`s3.credentials`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_half_a_pair_is_dropped() -> None:
    (finding,) = found("s3.credentials", s3("secretkey: -"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.accesskey")
    assert not finding.breaks


def test_the_other_half_is_dropped_in_3_1_too() -> None:
    (finding,) = found("s3.credentials", s3("accesskey: -"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.secretkey")
    assert not finding.breaks


def test_blank_keys_count_as_not_given() -> None:
    (finding,) = found("s3.credentials", s3("accesskey:", "secretkey:"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.accesskey")
    assert not finding.breaks


def test_empty_keys_count_as_not_given() -> None:
    (finding,) = found("s3.credentials", s3("accesskey: ''", "secretkey: ''"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.accesskey")
    assert not finding.breaks


def test_a_pair_is_a_pair() -> None:
    assert not found("s3.credentials", s3())


def test_no_keys_at_all_are_no_half_pair() -> None:
    assert not found("s3.credentials", s3("accesskey: -", "secretkey: -"))
