"""The hand-made cases: the table is what the registry does, and what is foretold is what the table says."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.registry import Registry

from .case import load_cases
from .outcome import Outcome, read_table, really
from .predict import disagrees, predicted

LEAST_CASES = 300
#: The cases are asked in as many tests, which workers share.
PARTS = 12


def test_there_are_enough_cases_that_the_release_decides() -> None:
    assert sum(not row.by_build for row in read_table().values()) >= LEAST_CASES


def test_the_table_has_the_cases() -> None:
    assert read_table().keys() == {case.id for case in load_cases()}


@pytest.mark.parametrize("part", range(PARTS))
def test_the_table_is_what_the_registry_does(registry: Registry, part: int) -> None:
    table, cases = read_table(), load_cases()[part::PARTS]
    now = really(registry, cases)
    # On a busy machine a start can run out of time or lose its port; what differs is asked once more, by itself.
    now |= really(registry, [case for case in cases if table.get(case.id) != now[case.id]])
    differing = [
        f"{id}\n    table: {table.get(id)}\n    now:   {did}" for id, did in now.items() if table.get(id) != did
    ]
    assert not differing, "`python -m tests.oracle.regenerate` writes the table anew\n" + "\n".join(differing)


def test_every_start_is_foretold() -> None:
    table = read_table()
    differing = [wrong for case in load_cases() if (wrong := _wrong(case.id, table[case.id], predicted(case.given)))]
    assert not differing, f"{len(differing)} of {len(table)} starts foretold wrongly\n" + "\n".join(differing)


def _wrong(id: str, real: Outcome, foretold: str) -> str:
    if real.by_build or not disagrees(real.outcome, real.by_network, foretold):
        return ""
    network = " by network" if real.by_network else ""
    return f"{id}: foretold {foretold}, really {real.outcome}{network} {real.said}"
