"""`environment.v1-variables`."""

from __future__ import annotations

from ..findings import FILESYSTEM, found, s3

ID = "environment.v1-variables"


def test_each_is_named_with_what_replaces_it() -> None:
    findings = found(ID, FILESYSTEM, {"SETTINGS_FLAVOR": "s3", "AWS_BUCKET": "b"})
    assert [finding.where.variable for finding in findings] == ["AWS_BUCKET", "SETTINGS_FLAVOR"]


def test_the_path_belongs_to_the_driver_in_use() -> None:
    (finding,) = found(ID, s3(), {"STORAGE_PATH": "/registry"})
    assert "REGISTRY_STORAGE_S3_ROOTDIRECTORY" in finding.fix


def test_what_has_no_successor() -> None:
    (finding,) = found(ID, FILESYSTEM, {"SEARCH_BACKEND": "sqlalchemy"})
    assert "Unset" in finding.fix


def test_variables_of_the_sdk_are_fine() -> None:
    assert found(ID, s3(), {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "us-east-1"}) == ()
