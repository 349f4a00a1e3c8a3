"""`swift.domain`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import swift
from ..findings import found


def test_version_3_without_a_domain_stops_the_start() -> None:
    (finding,) = found("swift.domain", swift("domain: -"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.domain")
    assert finding.breaks == EVERY_STAGE


def test_two_ways_to_name_it_are_one_too_many() -> None:
    (finding,) = found("swift.domain", swift("domainid: default"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.domainid")
    assert not finding.breaks


def test_version_1_has_no_domain() -> None:
    (finding,) = found("swift.domain", swift("authurl: https://swift.example.com/auth/v1.0"))
    assert (finding.severity, finding.where.path) == ("note", "storage.swift.domain")
    assert not finding.breaks


def test_an_id_will_do() -> None:
    assert not found("swift.domain", swift("domain: -", "domainid: default"))


def test_a_domain_is_fine() -> None:
    assert not found("swift.domain", swift())
