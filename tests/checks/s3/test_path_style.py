"""`s3.path-style`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_an_ip_address_can_have_no_bucket_in_front() -> None:
    (finding,) = found("s3.path-style", clone("regionendpoint: http://10.0.0.5:9000"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_a_name_may_or_may_not_have_a_wildcard() -> None:
    (finding,) = found("s3.path-style", clone(), target="registry-3.0")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_alibaba_takes_no_bucket_in_the_path() -> None:
    (finding,) = found("s3.path-style", clone("regionendpoint: https://oss-cn-beijing.aliyuncs.com"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_forcepathstyle_settles_it() -> None:
    assert not found(
        "s3.path-style", clone("regionendpoint: http://10.0.0.5:9000", "forcepathstyle: true"), target="registry-3.1"
    )


def test_2_8_always_uses_the_path_with_an_endpoint() -> None:
    assert not found("s3.path-style", clone("regionendpoint: http://10.0.0.5:9000"))


def test_amazon_has_a_wildcard() -> None:
    assert not found("s3.path-style", s3("regionendpoint: https://s3.us-east-1.amazonaws.com"), target="registry-3.1")


def test_a_large_provider_has_a_wildcard() -> None:
    assert not found(
        "s3.path-style", clone("regionendpoint: https://ams3.digitaloceanspaces.com"), target="registry-3.1"
    )


def test_a_bucket_that_fits_no_host_name_stays_in_the_path() -> None:
    assert not found(
        "s3.path-style", clone("bucket: My_Images", "regionendpoint: http://10.0.0.5:9000"), target="registry-3.1"
    )
