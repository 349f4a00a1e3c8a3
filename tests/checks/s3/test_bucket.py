"""`s3.bucket`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_folder_belongs_into_rootdirectory() -> None:
    (finding,) = found("s3.bucket", s3("bucket: images/team"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.bucket")
    assert finding.breaks == REQUESTS


def test_a_slash_at_another_store_is_a_blocker_all_the_same() -> None:
    (finding,) = found("s3.bucket", clone("bucket: images/team"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.bucket")
    assert not finding.breaks


def test_an_address_is_no_name() -> None:
    (finding,) = found("s3.bucket", s3("bucket: s3://images"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.bucket")
    assert finding.breaks == REQUESTS


def test_an_arn_is_no_name() -> None:
    (finding,) = found("s3.bucket", s3("bucket: arn:aws:s3:::images"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.bucket")
    assert finding.breaks == REQUESTS


def test_an_access_point_is_unproved() -> None:
    (finding,) = found(
        "s3.bucket", s3("bucket: arn:aws:s3:us-east-1:123456789012:accesspoint/images"), target="registry-3.1"
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.bucket")
    assert not finding.breaks


def test_amazon_has_no_names_of_two_characters() -> None:
    (finding,) = found("s3.bucket", s3("bucket: im"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.bucket")
    assert finding.breaks == REQUESTS


def test_upper_case_is_old_names_of_one_region() -> None:
    (finding,) = found("s3.bucket", s3("bucket: Images"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.bucket")
    assert not finding.breaks


def test_upper_case_elsewhere_at_amazon_cannot_be() -> None:
    (finding,) = found("s3.bucket", s3("bucket: Images", "region: eu-west-1"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.bucket")
    assert finding.breaks == REQUESTS


def test_an_odd_name_at_another_store_is_suspicious() -> None:
    (finding,) = found("s3.bucket", clone("bucket: my_images"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.bucket")
    assert not finding.breaks


def test_a_dot_is_noted() -> None:
    (finding,) = found("s3.bucket", s3("bucket: my.images"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.bucket")
    assert not finding.breaks


def test_a_plain_name_is_fine() -> None:
    assert not found("s3.bucket", s3())
