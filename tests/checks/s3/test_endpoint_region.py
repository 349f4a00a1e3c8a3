"""`s3.endpoint-region`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_amazon_elsewhere_refuses_every_request() -> None:
    (finding,) = found("s3.endpoint-region", s3("regionendpoint: https://s3.eu-west-1.amazonaws.com"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.region")
    assert finding.breaks == REQUESTS


def test_an_old_address_of_amazon_names_its_region_too() -> None:
    (finding,) = found("s3.endpoint-region", s3("regionendpoint: https://s3-eu-west-1.amazonaws.com"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.region")
    assert finding.breaks == REQUESTS


def test_the_global_address_is_that_of_one_region() -> None:
    (finding,) = found("s3.endpoint-region", s3("region: eu-west-1", "regionendpoint: https://s3.amazonaws.com"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_the_same_region_twice_is_fine() -> None:
    assert not found("s3.endpoint-region", s3("regionendpoint: https://s3.dualstack.us-east-1.amazonaws.com"))


def test_another_store_has_regions_of_its_own() -> None:
    assert not found("s3.endpoint-region", clone("regionendpoint: https://eu-west-1.s3.example.com"))
