"""`swift.auth-version`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import swift
from ..findings import found


def test_no_version_anywhere_stops_the_start() -> None:
    (finding,) = found("swift.auth-version", swift("authurl: https://keystone.example.com:5000"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.authurl")
    assert finding.breaks == EVERY_STAGE


def test_the_path_of_the_login_is_added_twice() -> None:
    (finding,) = found("swift.auth-version", swift("authurl: https://keystone.example.com:5000/v3/auth/tokens"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.authurl")
    assert finding.breaks == EVERY_STAGE


def test_version_2_does_not_log_in_at_version_3() -> None:
    (finding,) = found("swift.auth-version", swift("authversion: 2"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.authversion")
    assert finding.breaks == EVERY_STAGE


def test_a_3_in_the_host_name_misleads() -> None:
    (finding,) = found("swift.auth-version", swift("authurl: https://dev3.example.com:5000/v2.0"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.authurl")
    assert finding.breaks == EVERY_STAGE


def test_an_address_without_version_is_suspicious() -> None:
    (finding,) = found("swift.auth-version", swift("authurl: https://keystone.example.com:5000", "authversion: 3"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.authurl")
    assert not finding.breaks


def test_version_1_in_the_address_is_found() -> None:
    assert not found("swift.auth-version", swift("authurl: https://swift.example.com/auth/v1.0"))


def test_version_3_is_fine_with_a_slash() -> None:
    assert not found("swift.auth-version", swift("authurl: https://keystone.example.com:5000/v3/"))


def test_an_address_that_goes_on_behind_its_version() -> None:
    (finding,) = found("swift.auth-version", swift("authurl: https://storage.example.com/v3/auth"))
    assert finding.fix.startswith("Set storage.swift.authurl: https://storage.example.com/v3, ")
