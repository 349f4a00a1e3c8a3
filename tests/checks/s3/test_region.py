"""`s3.region`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_host_name_is_no_region() -> None:
    (finding,) = found("s3.region", s3("region: s3.eu-west-2.amazonaws.com"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.region")
    assert finding.breaks == EVERY_STAGE


def test_a_young_region_is_unknown_to_2_8() -> None:
    (finding,) = found("s3.region", s3("region: eu-north-1"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.region")
    assert finding.breaks == EVERY_STAGE


def test_a_region_of_today_is_unknown_to_3_1() -> None:
    (finding,) = found("s3.region", s3("region: mx-central-1"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.region")
    assert finding.breaks == EVERY_STAGE


def test_no_region_beside_an_endpoint_signs_for_nil() -> None:
    (finding,) = found("s3.region", clone("region: -", "forcepathstyle: true"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_an_empty_region_beside_an_endpoint_sends_nothing_by_the_librarys_source() -> None:
    (finding,) = found("s3.region", clone("region: ''", "forcepathstyle: true"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.region")
    assert finding.breaks == REQUESTS


def test_no_region_at_amazons_own_endpoint_fails_every_request() -> None:
    (finding,) = found(
        "s3.region", s3("region: -", "regionendpoint: https://s3.eu-west-1.amazonaws.com"), target="registry-3.1"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_a_blank_in_a_region_breaks_the_signature() -> None:
    (finding,) = found("s3.region", clone("region: us east"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.region")
    assert not finding.breaks


def test_a_host_name_beside_an_endpoint_is_suspicious() -> None:
    (finding,) = found("s3.region", clone("region: s3.example.com"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.region")
    assert not finding.breaks


def test_a_young_region_is_fine_in_3_1() -> None:
    assert not found("s3.region", s3("region: eu-north-1"), target="registry-3.1")


def test_a_region_of_the_stores_own_is_fine_beside_an_endpoint() -> None:
    assert not found("s3.region", clone("region: lan"))


def test_an_invented_region_stops_the_start() -> None:
    (finding,) = found("s3.region", s3("region: mars-1"))
    assert finding.breaks == EVERY_STAGE


def test_a_wrong_region_is_told_by_one_check_only() -> None:
    assert not found("storage.parameters", s3("region: mars-1"))
