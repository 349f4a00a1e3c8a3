"""`environment.misspelt`."""

from __future__ import annotations

import pytest

from ..findings import found, s3

ID = "environment.misspelt"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("REGISTRY_STORAGE_S3_ACCESS_KEY", "REGISTRY_STORAGE_S3_ACCESSKEY"),
        ("REGISTRY_STORAGE_S3_SECRET_KEY", "REGISTRY_STORAGE_S3_SECRETKEY"),
        ("REGISTRY_STORAGE_S3_ENDPOINT", "REGISTRY_STORAGE_S3_REGIONENDPOINT"),
        ("REGISTRY_STORAGE_S3_ROOT_DIRECTORY", "REGISTRY_STORAGE_S3_ROOTDIRECTORY"),
        ("REGISTRY_STORAGE_DELETE_ENABLE", "REGISTRY_STORAGE_DELETE_ENABLED"),
    ],
)
def test_the_variable_that_was_meant(name: str, meant: str) -> None:
    (finding,) = found(ID, s3(), {name: "something"})
    assert (finding.where.variable, meant + " " in finding.fix) == (name, True)


def test_the_value_is_not_shown() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_SECRET_KEY": "hunter2hunter2"})
    assert "hunter2" not in repr(finding)


def test_a_key_with_an_underscore_of_its_own() -> None:
    text = "version: 0.1\nstorage: {azure: {accountname: a, container: c}}\n"
    (finding,) = found(ID, text, {"REGISTRY_STORAGE_AZURE_MAX_RETRIES": "5"}, "registry-3.1")
    assert "No variable reaches storage.azure.max_retries" in finding.fix


def test_a_parameter_of_another_release() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_FORCEPATHSTYLE": "true"})
    assert "registry-3.0" in finding.what


def test_a_value_that_becomes_a_map() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_ROOTDIRECTORY_PATH": "/x"})
    assert "REGISTRY_STORAGE_S3_ROOTDIRECTORY " in finding.fix


def test_a_key_inside_a_variable_that_holds_a_map() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3": "{region: us-east-1, bucket: b, access_key: a}"})
    assert "'accesskey' inside" in finding.fix


def test_right_names_are_fine() -> None:
    assert found(ID, s3(), {"REGISTRY_STORAGE_S3_ACCESSKEY": "a", "REGISTRY_HTTP_SECRET": "s"}) == ()


def test_a_misspelt_key_of_the_file_is_not_told_here() -> None:
    assert found(ID, s3("access_key: a"), {"REGISTRY_HTTP_SECRET": "s"}) == ()
