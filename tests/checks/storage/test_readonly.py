"""`storage.readonly`."""

from __future__ import annotations

from pathlib import Path

import pytest
from registry_preflight.fixtures import referee

from registry_preflight import DELETE, PUSH, START, Outcome, foretell

from ..findings import STORED, found

ID = "storage.readonly"
STORE = "version: 0.1\nstorage: {{inmemory: {{}}, maintenance: {{readonly: {0}}}}}\n"


@pytest.mark.parametrize("value", ["", "true", "[]", "yes"])
def test_it_must_be_a_map(value: str) -> None:
    (finding,) = found(ID, STORE.format(value))
    assert (finding.severity, START in finding.breaks) == ("blocker", True)
    assert "not a map of settings" in finding.what


@pytest.mark.parametrize("value", ["", "'true'", "1", "[true]"])
def test_enabled_must_be_a_boolean(value: str) -> None:
    (finding,) = found(ID, STORE.format(f"{{enabled: {value}}}"))
    assert finding.where.path == "storage.maintenance.readonly.enabled"


@pytest.mark.parametrize("value", ["{}", "{enabled: false}", "{enabled: no}", "{other: 1}"])
def test_a_map_that_leaves_it_off(value: str) -> None:
    assert found(ID, STORE.format(value)) == ()


def test_read_only_breaks_push_and_delete_alone() -> None:
    (finding,) = found(ID, STORE.format("{enabled: true}"))
    assert (finding.severity, finding.breaks) == ("note", (PUSH, DELETE))


def test_a_variable_that_reaches_into_a_missing_map() -> None:
    environment = {"REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED": "true"}
    (finding,) = found(ID, "version: 0.1\nstorage: {inmemory: {}}\n", environment)
    assert "REGISTRY_STORAGE_MAINTENANCE_READONLY='{enabled: true}'" in finding.fix


def test_a_variable_that_holds_the_whole_map() -> None:
    environment = {"REGISTRY_STORAGE_MAINTENANCE_READONLY": "{enabled: false}"}
    assert found(ID, "version: 0.1\nstorage: {inmemory: {}}\n", environment) == ()


def test_a_real_registry_in_read_only_mode_refuses_what_was_foretold(tmp_path: Path) -> None:
    store = STORED.format(tmp_path)
    config = tmp_path / "config.yml"
    config.write_text(store)
    seeds = referee.seed(config)
    readonly = store + "  maintenance: {readonly: {enabled: true}}\n"
    config.write_text(readonly)
    real = {stage for stage, said in referee.judge(config, seeds).items() if said != "works"}
    predictions = foretell(readonly, {}).predictions
    assert (
        real
        == {stage.value for stage, said in predictions.items() if said.outcome is Outcome.FAILS}
        == {"push", "delete"}
    )
