"""Every fault of the table, done to a real cluster: the registry fails where the table says, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from registry_preflight.fixtures.swift import Swift

from .trial import Case, Objects, Trial, cases


@pytest.mark.parametrize("case", cases(), ids=[case.id for case in cases()])
def test_the_registry_does_as_the_table_says_and_as_foretold(
    case: Case, swift: Swift, stored: Objects, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    trial = Trial(case, swift, lambda: request.getfixturevalue("keystone"), stored, tmp_path)
    foretold = {stage.value: said.outcome.value for stage, said in trial.foretold().predictions.items()}
    real = trial.judged()
    assert {stage for stage, said in real.items() if said != "works"} == case.fails.intersection(real), real
    assert case.says in real["start"]
    assert foretold == {stage: "fails" if stage in case.fails else "works" for stage in foretold}, real
