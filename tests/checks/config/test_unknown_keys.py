"""`config.unknown-keys`."""

from __future__ import annotations

import pytest

from registry_preflight import foretell

from ..findings import FILESYSTEM, found, s3

ID = "config.unknown-keys"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("access_key", "accesskey"),
        ("bucket_name", "bucket"),
        ("rootdirectroy", "rootdirectory"),
        ("endpoint", "regionendpoint"),
    ],
)
def test_a_misspelt_parameter_is_named_with_the_right_one(wrong: str, right: str) -> None:
    (finding,) = found(ID, s3(f"{wrong}: something"))
    assert f"{right!r}" in finding.fix


def test_the_line_of_the_key_is_told() -> None:
    (finding,) = found(ID, s3("access_key: something"))
    assert (finding.where.path, finding.where.line) == ("storage.s3.access_key", 6)


def test_a_secret_under_a_misspelt_key_is_masked() -> None:
    (finding,) = found(ID, s3("secret_key: hunter2hunter2"))
    assert "hunter2" not in repr(finding)


def test_a_key_of_a_typed_section() -> None:
    (finding,) = found(ID, FILESYSTEM + "http: {drain_timeout: 5s}\n")
    assert "'draintimeout'" in finding.fix


def test_a_key_beside_the_driver() -> None:
    (finding,) = found(ID, s3(beside="  delete: {enable: true}\n"))
    assert "'enabled'" in finding.fix


def test_an_option_of_a_middleware() -> None:
    top = "middleware: {storage: [{name: redirect, options: {base_url: 'https://x', baseurl: 'https://x'}}]}\n"
    (finding,) = found(ID, s3(top=top))
    assert finding.where.path == "middleware.storage[0].options.base_url"


def test_an_option_of_access_control() -> None:
    (finding,) = found(ID, FILESYSTEM + "auth: {htpasswd: {realm: r, path: /p, file: /q}}\n")
    assert finding.where.path == "auth.htpasswd.file"


def test_a_setting_one_level_too_deep() -> None:
    (finding,) = found(ID, s3("delete: {enabled: true}"))
    assert "'storage.delete'" in finding.fix


def test_a_driver_at_the_top_level() -> None:
    (finding,) = found(ID, FILESYSTEM + "s3: {bucket: b}\n")
    assert "'storage.s3'" in finding.fix


def test_an_extension_for_anchors_is_left_alone() -> None:
    assert found(ID, FILESYSTEM + "x-common: &common {a: b}\n") == ()


def test_a_right_file_has_none() -> None:
    assert found(ID, s3("accesskey: a", "secretkey: s", beside="  delete: {enabled: true}\n")) == ()


def test_free_maps_take_any_key() -> None:
    assert found(ID, FILESYSTEM + "log: {fields: {service: r}}\nhttp: {headers: {X-A: [b]}}\n") == ()


def test_a_misspelt_key_alone_does_not_stop_the_start() -> None:
    assert foretell(s3("access_key: something"), {}).predictions["start"].outcome == "works"  # type: ignore[index]
