"""`s3.signature`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import clone, s3
from ..findings import found


def test_version_2_towards_amazon_stops_the_start_and_garbage_collection() -> None:
    (finding,) = found("s3.signature", s3("v4auth: false"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.v4auth")
    assert finding.breaks == EVERY_STAGE


def test_version_2_at_an_endpoint_with_amazons_global_name_stops_the_start() -> None:
    (finding,) = found(
        "s3.signature", s3("v4auth: false", "regionendpoint: http://s3.amazonaws.com"), target="registry-3.1"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.v4auth")
    assert finding.breaks == EVERY_STAGE


def test_version_2_at_another_address_of_amazon_starts_and_is_warned_of() -> None:
    (finding,) = found("s3.signature", s3("v4auth: false", "regionendpoint: https://s3.eu-central-1.amazonaws.com"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.v4auth")
    assert not finding.breaks


def test_version_2_for_another_store_is_no_more_than_noted() -> None:
    (finding,) = found("s3.signature", clone("v4auth: false"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.v4auth")
    assert not finding.breaks


def test_version_2_is_not_read_by_release_2_5() -> None:
    assert not found("s3.signature", s3("v4auth: false"), target="registry-2.5")


def test_version_4_is_fine() -> None:
    assert not found("s3.signature", s3("v4auth: true"))
