"""`storage.upload-purging`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "storage.upload-purging"


def purging(settings: str) -> str:
    return f"version: 0.1\nstorage: {{inmemory: {{}}, maintenance: {{uploadpurging: {settings}}}}}\n"


@pytest.mark.parametrize("value", ["", "false", "[]", "disabled"])
def test_it_must_be_a_map(value: str) -> None:
    (finding,) = found(ID, purging(value))
    assert finding.severity == "blocker"


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ("{age: 168h, interval: 24h}", ["dryrun"]),
        ("{enabled: true}", ["age", "interval", "dryrun"]),
        ("{enabled: 'false'}", ["age", "interval", "dryrun"]),
    ],
)
def test_nothing_has_a_default_once_it_is_there(settings: str, missing: list[str]) -> None:
    assert [finding.where.path.rpartition(".")[2] for finding in found(ID, purging(settings))] == missing


@pytest.mark.parametrize("age", ["7d", "168", "'168'", "", "true", "1h 2m"])
def test_an_age_that_is_no_duration(age: str) -> None:
    (finding,) = found(ID, purging(f"{{age: {age}, interval: 24h, dryrun: false}}"))
    assert finding.where.path == "storage.maintenance.uploadpurging.age"


@pytest.mark.parametrize("dryrun", ["", "'false'", "0"])
def test_a_dry_run_that_is_no_boolean(dryrun: str) -> None:
    (finding,) = found(ID, purging(f"{{age: 168h, interval: 24h, dryrun: {dryrun}}}"))
    assert finding.severity == "blocker"


@pytest.mark.parametrize(
    "settings", ["{enabled: false}", "{enabled: no, age: 5}", "{age: 168h, interval: 24h, dryrun: true}"]
)
def test_settings_that_are_right(settings: str) -> None:
    assert found(ID, purging(settings)) == ()


def test_no_settings() -> None:
    assert found(ID, FILESYSTEM) == ()


def test_text_that_was_meant_to_switch_it_off() -> None:
    assert "enabled: false, without quotes" in found(ID, purging("{enabled: 'false'}"))[0].fix


@pytest.mark.parametrize(
    "settings", ["{age: 5m, interval: 24h, dryrun: false}", "{age: 168h, interval: 0s, dryrun: false}"]
)
def test_times_so_short_that_they_hurt(settings: str) -> None:
    (finding,) = found(ID, purging(settings))
    assert finding.severity == "warning"
