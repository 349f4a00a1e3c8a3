"""`config.duplicate-keys`."""

from __future__ import annotations

from ..findings import FILESYSTEM, found, s3

ID = "config.duplicate-keys"


def test_both_lines_are_told() -> None:
    (finding,) = found(ID, s3("bucket: other"))
    assert "lines 5 and 6" in finding.what


def test_of_two_values_the_first_is_lost() -> None:
    (finding,) = found(ID, s3("bucket: other"))
    assert finding.severity == "warning"


def test_two_sections_beside_the_driver_do_not_merge() -> None:
    (finding,) = found(ID, s3(beside="  delete: {enabled: true}\n  delete: {}\n"))
    assert (finding.where.path, finding.severity) == ("storage.delete", "warning")


def test_two_sections_with_fixed_settings_merge() -> None:
    (finding,) = found(ID, FILESYSTEM + "http: {secret: a}\nhttp: {addr: ':5000'}\n")
    assert finding.severity == "note"


def test_the_second_storage_section_replaces_the_first() -> None:
    (finding,) = found(ID, FILESYSTEM + "storage: {inmemory: {}}\n")
    assert (finding.where.path, finding.severity) == ("storage", "warning")


def test_upper_and_lower_case_of_one_parameter() -> None:
    text = "version: 0.1\nstorage: {swift: {username: a, USERNAME: b, password: p, authurl: k, container: c}}\n"
    (finding,) = found(ID, text)
    assert finding.where.path == "storage.swift.USERNAME"


def test_the_same_key_in_two_sections_is_no_duplicate() -> None:
    assert found(ID, FILESYSTEM + "http: {addr: ':5000', debug: {addr: ':5001'}}\n") == ()
