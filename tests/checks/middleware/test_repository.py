"""`middleware.repository`."""

from __future__ import annotations

from pathlib import Path

from registry_preflight.fixtures import referee

from registry_preflight import Outcome, foretell

from ..findings import FILESYSTEM, STORED, found

ID = "middleware.repository"
ENTRY = "middleware: {repository: [{name: foo}]}\n"


def test_a_real_registry_starts_with_one_and_fails_where_foretold(tmp_path: Path) -> None:
    store = STORED.format(tmp_path)
    config = tmp_path / "config.yml"
    config.write_text(store)
    seeds = referee.seed(config)
    config.write_text(store + ENTRY)
    real = {stage for stage, said in referee.judge(config, seeds).items() if said != "works"}
    predictions = foretell(store + ENTRY, {}).predictions
    assert (
        real
        == {stage.value for stage, said in predictions.items() if said.outcome is Outcome.FAILS}
        == {"push", "pull", "delete"}
    )


def test_no_entry() -> None:
    assert found(ID, FILESYSTEM) == ()
