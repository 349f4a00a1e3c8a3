"""`swift.auth-url`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import swift
from ..findings import found


def test_no_scheme_stops_the_start() -> None:
    (finding,) = found("swift.auth-url", swift("authurl: keystone.example.com:5000/v3"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.authurl")
    assert finding.breaks == EVERY_STAGE


def test_another_scheme_stops_the_start() -> None:
    (finding,) = found("swift.auth-url", swift("authurl: ftp://keystone.example.com/v3"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.authurl")
    assert finding.breaks == EVERY_STAGE


def test_no_host_stops_the_start() -> None:
    (finding,) = found("swift.auth-url", swift("authurl: 'http:///v3'"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.authurl")
    assert finding.breaks == EVERY_STAGE


def test_upper_case_is_fine() -> None:
    assert not found("swift.auth-url", swift("authurl: HTTPS://keystone.example.com:5000/v3"))
