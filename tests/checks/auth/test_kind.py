"""`auth.kind`."""

from __future__ import annotations

import pytest

from registry_preflight import START, Status, foretell

from ..findings import FILESYSTEM, found

ID = "auth.kind"


@pytest.mark.parametrize("auth", ["basic", "off", "5", "{HTPASSWD: {realm: a}}", "{ldap: }", "yes"])
def test_an_unknown_controller(auth: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}auth: {auth}\n")
    assert finding.severity == "blocker"


@pytest.mark.parametrize("auth", ["none", "None", "{none: {realm: a}}", "", "''"])
def test_no_access_control(auth: str) -> None:
    assert found(ID, f"{FILESYSTEM}auth: {auth}\n") == ()


def test_2_5_has_no_none() -> None:
    (finding,) = found(ID, f"{FILESYSTEM}auth: none\n", target="registry-2.5")
    assert finding.severity == "blocker"


def test_2_7_is_not_known_about_none() -> None:
    results = {result.id: result for result in foretell(f"{FILESYSTEM}auth: none\n", {}, "registry-2.7").results}
    assert results[ID].status is Status.SKIPPED


@pytest.mark.parametrize("auth", ["{htpasswd: {}}", "{token: {}}", "silly"])
def test_a_known_controller(auth: str) -> None:
    assert found(ID, f"{FILESYSTEM}auth: {auth}\n") == ()


def test_a_second_controller_by_a_variable_is_picked_at_random() -> None:
    environment = {"REGISTRY_AUTH_HTPASSWD_REALM": "images", "REGISTRY_AUTH_HTPASSWD_PATH": "/auth/htpasswd"}
    (finding,) = found(ID, f"{FILESYSTEM}auth: {{token: {{realm: r, service: s, issuer: i}}}}\n", environment)
    assert (finding.severity, "REGISTRY_AUTH=htpasswd" in finding.fix) == ("blocker", True)


def test_whether_a_second_controller_stops_the_start_is_chance() -> None:
    config = f"{FILESYSTEM}auth: {{token: {{realm: r, service: s, issuer: i}}}}\n"
    report = foretell(config, {"REGISTRY_AUTH_HTPASSWD_REALM": "images"}, "registry-2.8")
    assert report.predictions[START].outcome == "unknown"
