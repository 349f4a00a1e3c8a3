"""`s3.logging`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_bodies_in_the_log_are_warned_of() -> None:
    (finding,) = found("s3.logging", s3("loglevel: debugwithhttpbody"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.loglevel")
    assert not finding.breaks


def test_signatures_in_the_log_are_warned_of() -> None:
    (finding,) = found("s3.logging", s3("loglevel: DebugWithSigning"), target="registry-3.0")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.loglevel")
    assert not finding.breaks


def test_an_unknown_word_is_off() -> None:
    (finding,) = found("s3.logging", s3("loglevel: verbose"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.loglevel")
    assert not finding.breaks


def test_off_is_off() -> None:
    assert not found("s3.logging", s3("loglevel: off"), target="registry-3.1")


def test_2_8_does_not_read_it() -> None:
    assert not found("s3.logging", s3("loglevel: debugwithhttpbody"))
