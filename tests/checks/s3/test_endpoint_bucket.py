"""`s3.endpoint-bucket`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_bucket_in_front_of_the_host_comes_twice() -> None:
    (finding,) = found("s3.endpoint-bucket", clone("regionendpoint: https://images.s3.example.com"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_bucket_in_front_of_amazons_host_fails_every_request() -> None:
    (finding,) = found("s3.endpoint-bucket", s3("regionendpoint: https://images.s3.us-east-1.amazonaws.com"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_a_bucket_in_the_path_comes_twice() -> None:
    (finding,) = found("s3.endpoint-bucket", clone("regionendpoint: https://s3.example.com/images"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_host_that_begins_with_the_same_word_is_suspicious() -> None:
    (finding,) = found("s3.endpoint-bucket", clone("regionendpoint: https://images.example.com"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_another_path_is_suspicious() -> None:
    (finding,) = found("s3.endpoint-bucket", clone("regionendpoint: https://s3.example.com/store"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_slash_at_the_end_is_fine() -> None:
    assert not found("s3.endpoint-bucket", clone("regionendpoint: https://s3.example.com/"))


def test_a_host_of_its_own_is_fine() -> None:
    assert not found("s3.endpoint-bucket", clone())
