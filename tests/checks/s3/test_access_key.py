"""`s3.access-key`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_line_break_stops_every_request() -> None:
    (finding,) = found("s3.access-key", clone('accesskey: "store\\n"'))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.accesskey")
    assert finding.breaks == REQUESTS


def test_quotes_inside_the_value_are_no_key_of_amazon() -> None:
    (finding,) = found("s3.access-key", s3("accesskey: '\"AKIAQQQQWWWWEEEERRRR\"'"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.accesskey")
    assert finding.breaks == REQUESTS


def test_a_slash_may_be_fine_at_another_store() -> None:
    (finding,) = found("s3.access-key", clone("accesskey: a/b"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.accesskey")
    assert not finding.breaks


def test_a_short_word_is_no_key_of_amazon() -> None:
    (finding,) = found("s3.access-key", s3("accesskey: AKIAEXAMPLE"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.accesskey")
    assert finding.breaks == REQUESTS


def test_a_temporary_key_needs_a_token_that_no_release_takes() -> None:
    (finding,) = found("s3.access-key", s3("accesskey: ASIAQQQQWWWWEEEERRRR"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.accesskey")
    assert finding.breaks == REQUESTS


def test_the_example_of_the_documentation_is_nobodys() -> None:
    (finding,) = found("s3.access-key", s3("accesskey: AKIAIOSFODNN7EXAMPLE"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.accesskey")
    assert finding.breaks == REQUESTS


def test_a_short_word_is_fine_at_another_store() -> None:
    assert not found("s3.access-key", clone())


def test_a_key_of_amazon_is_fine() -> None:
    assert not found("s3.access-key", s3())


def test_quotes_in_a_variable_are_taken_off_by_yaml() -> None:
    assert not found("s3.access-key", clone(), {"REGISTRY_STORAGE_S3_ACCESSKEY": '"store"'})
