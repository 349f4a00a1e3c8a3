"""`swift.tenant`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import swift
from ..findings import found


def test_version_3_without_a_project_hangs_on_the_users_default() -> None:
    (finding,) = found("swift.tenant", swift("tenant: -"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.tenant")
    assert not finding.breaks


def test_a_blank_is_the_project_nil() -> None:
    (finding,) = found("swift.tenant", swift("tenant:"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.swift.tenant")
    assert finding.breaks == EVERY_STAGE


def test_version_2_may_have_a_default_project() -> None:
    (finding,) = found("swift.tenant", swift("tenant: -", "domain: -", "authurl: https://keystone.example.com/v2.0"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.tenant")
    assert not finding.breaks


def test_both_are_one_too_many() -> None:
    (finding,) = found("swift.tenant", swift("tenantid: abc"))
    assert (finding.severity, finding.where.path) == ("note", "storage.swift.tenant")
    assert not finding.breaks


def test_a_trust_has_its_project() -> None:
    assert not found("swift.tenant", swift("tenant: -", "trustid: abc"))


def test_a_number_is_printed_back_by_2_8() -> None:
    assert not found("swift.tenant", swift("tenant: 12345678901234567890"))


def test_a_number_is_refused_as_a_parameter_by_2_5() -> None:
    assert not found("swift.tenant", swift("tenant: 12345678901234567890"), target="registry-2.5")


def test_version_1_has_none() -> None:
    assert not found("swift.tenant", swift("tenant: -", "authurl: https://swift.example.com/auth/v1.0"))
