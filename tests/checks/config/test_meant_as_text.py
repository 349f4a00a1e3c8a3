"""`config.meant-as-text`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "config.meant-as-text"


@pytest.mark.parametrize("written", ["0123", "1e+5", "0x10", "on", "no", "1_000", "12345678.5", "0o17"])
def test_a_secret_that_yaml_changes_stops_everything_but_the_start(written: str) -> None:
    (finding,) = found(ID, s3("accesskey: a", f"secretkey: {written}"))
    assert (finding.severity, len(finding.breaks)) == ("blocker", 4)


@pytest.mark.parametrize("written", ["12345", "'0123'", "true", "12.5", "2020-01-01", "0o8", "abc"])
def test_a_value_that_is_printed_as_it_was_written(written: str) -> None:
    assert found(ID, s3("accesskey: a", f"secretkey: {written}")) == ()


def test_what_becomes_of_it_is_told() -> None:
    (finding,) = found(ID, s3("rootdirectory: 0123"))
    assert "'83'" in finding.what


def test_a_changed_secret_is_not_shown() -> None:
    (finding,) = found(ID, s3("accesskey: a", "secretkey: 0123456701234567"))
    assert "0123456701234567" not in repr(finding)


def test_a_list_where_text_belongs() -> None:
    (finding,) = found(ID, s3("rootdirectory: [a]"))
    assert "a list" in finding.what


def test_a_blank_that_becomes_a_word() -> None:
    (finding,) = found(ID, "version: 0.1\nstorage: {filesystem: {rootdirectory: }}\n")
    assert "<nil>" in finding.what


def test_a_variable_is_read_as_yaml_too() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_ROOTDIRECTORY": "0123"})
    assert finding.where.variable == "REGISTRY_STORAGE_S3_ROOTDIRECTORY"


def test_a_path_is_fine() -> None:
    assert found(ID, FILESYSTEM) == ()
