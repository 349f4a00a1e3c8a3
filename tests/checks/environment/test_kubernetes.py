"""`environment.kubernetes`."""

from __future__ import annotations

import pytest

from registry_preflight import foretell

from ..findings import FILESYSTEM, found

ID = "environment.kubernetes"


def test_variables_of_a_service_named_registry_are_a_note() -> None:
    environment = {"REGISTRY_SERVICE_HOST": "10.0.0.1", "REGISTRY_PORT": "tcp://10.0.0.1:5000"}
    (finding,) = found(ID, FILESYSTEM, environment)
    assert finding.severity == "note"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REGISTRY_STORAGE_PORT", "tcp://10.0.0.1:80"),
        ("REGISTRY_STORAGE_SERVICE_HOST", "10.0.0.1"),
        ("REGISTRY_AUTH_PORT", "tcp://10.0.0.1:80"),
        ("REGISTRY_MIDDLEWARE_PORT", "tcp://10.0.0.1:80"),
    ],
)
def test_a_service_named_like_a_section_stops_the_registry(name: str, value: str) -> None:
    (finding,) = found(ID, FILESYSTEM, {name: value})
    assert (finding.severity, "enableServiceLinks" in finding.fix) == ("blocker", True)


def test_it_is_the_one_root_cause() -> None:
    assert foretell(FILESYSTEM, {"REGISTRY_AUTH_PORT": "tcp://10.0.0.1:80"}, "registry-2.8").root_causes == (ID,)


def test_settings_are_no_service() -> None:
    assert found(ID, FILESYSTEM, {"REGISTRY_HTTP_ADDR": ":5000", "OTHER_SERVICE_HOST": "10.0.0.1"}) == ()
