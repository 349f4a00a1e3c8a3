"""`s3.secret-key`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_line_break_from_a_file_breaks_each_signature() -> None:
    (finding,) = found("s3.secret-key", s3(f'secretkey: "{"s" * 39}\\n"'))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.secretkey")
    assert finding.breaks == REQUESTS


def test_a_blank_is_suspicious_at_another_store() -> None:
    (finding,) = found("s3.secret-key", clone("secretkey: two words"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.secretkey")
    assert not finding.breaks


def test_amazons_secrets_have_40_characters() -> None:
    (finding,) = found("s3.secret-key", s3("secretkey: short"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.secretkey")
    assert not finding.breaks


def test_another_store_may_have_any_length() -> None:
    assert not found("s3.secret-key", clone("secretkey: short"))


def test_a_secret_of_amazon_is_fine() -> None:
    assert not found("s3.secret-key", s3())
