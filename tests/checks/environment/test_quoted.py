"""`environment.quoted`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "environment.quoted"


def test_a_quoted_boolean_switches_delete_on_for_nobody() -> None:
    (finding,) = found(ID, FILESYSTEM, {"REGISTRY_STORAGE_DELETE_ENABLED": '"true"'})
    assert [stage.value for stage in finding.breaks] == ["delete"]


@pytest.mark.parametrize("value", ['"10485760"', "'false'"])
def test_a_quoted_number_or_boolean(value: str) -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_ENCRYPT": value})
    assert finding.severity == "warning"


def test_quotes_that_yaml_takes_off() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_ACCESSKEY": '"AKIAEXAMPLE"'})
    assert finding.severity == "note"


def test_a_secret_in_digits_is_not_shown() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_SECRETKEY": '"7391"'})
    assert "7391" not in repr(finding)


def test_quotes_that_stay() -> None:
    (finding,) = found(ID, s3(), {"AWS_ACCESS_KEY_ID": '"AKIAEXAMPLE"'})
    assert finding.where.variable == "AWS_ACCESS_KEY_ID"


@pytest.mark.parametrize("value", ["true", '"', "\"a'", "{a: 'b'}"])
def test_no_quotes_around(value: str) -> None:
    assert found(ID, FILESYSTEM, {"OTHER": '"x"', "AWS_REGION": value}) == ()
