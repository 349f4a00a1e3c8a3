"""`swift.endpoint-type`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import swift
from ..findings import found


def test_openstacks_own_words_stop_the_start() -> None:
    (finding,) = found("swift.endpoint-type", swift("endpointtype: internalURL"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.endpointtype")
    assert finding.breaks == EVERY_STAGE


def test_an_internal_address_is_unreachable_for_clients() -> None:
    (finding,) = found("swift.endpoint-type", swift("endpointtype: internal"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.endpointtype")
    assert not finding.breaks


def test_version_1_has_no_catalogue() -> None:
    (finding,) = found(
        "swift.endpoint-type", swift("endpointtype: internalURL", "authurl: https://swift.example.com/auth/v1.0")
    )
    assert (finding.severity, finding.where.path) == ("note", "storage.swift.endpointtype")
    assert not finding.breaks


def test_an_internal_address_without_redirects_is_fine() -> None:
    assert not found("swift.endpoint-type", swift("endpointtype: internal", beside="  redirect: {disable: true}\n"))


def test_public_is_fine() -> None:
    assert not found("swift.endpoint-type", swift("endpointtype: public"))
