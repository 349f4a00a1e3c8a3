"""`environment.ignored`."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "environment.ignored"
READONLY = FILESYSTEM.replace("}}", "}, maintenance: {readonly: {enabled: false}}}")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("REGISTRY_HTTP_DRAIN_TIMEOUT", "REGISTRY_HTTP_DRAINTIMEOUT"),
        ("REGISTRY_S3_BUCKET", "REGISTRY_STORAGE_S3_BUCKET"),
        ("REGISTRY_DELETE_ENABLED", "REGISTRY_STORAGE_DELETE_ENABLED"),
        ("REGISTRY_STORGE_DELETE_ENABLED", "REGISTRY_STORAGE_DELETE_ENABLED"),
    ],
)
def test_a_setting_that_does_not_exist(name: str, meant: str) -> None:
    (finding,) = found(ID, FILESYSTEM, {name: "true"})
    assert (finding.where.variable, meant in finding.fix) == (name, True)


def test_a_map_of_the_file_that_no_variable_reaches() -> None:
    (finding,) = found(ID, READONLY, {"REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED": "true"})
    assert "REGISTRY_STORAGE_MAINTENANCE_READONLY='{enabled" in finding.fix


def test_two_words_where_the_first_alone_is_a_parameter_too() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_REGION_ENDPOINT": "https://store"})
    assert "REGISTRY_STORAGE_S3_REGIONENDPOINT " in finding.fix


def test_below_a_value() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_BUCKET_NAME": "b"})
    assert "REGISTRY_STORAGE_S3_BUCKET " in finding.fix


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"REGISTRY_HTTP_SECRET": "s"},
        {"REGISTRY_CONFIGURATION_PATH": "/etc/x.yml"},
        {"REGISTRY_STORAGE_DELETE_ENABLED": "true"},
        {"REGISTRY_PORT_5000_TCP": "tcp://10.0.0.1:5000"},
        {"PATH": "/bin"},
    ],
)
def test_nothing_is_ignored(environment: Mapping[str, str]) -> None:
    assert found(ID, FILESYSTEM, environment) == ()
