"""The hand-made cases: the table is what the registry does, and what is foretold is what the table says."""

from __future__ import annotations

from registry_preflight.fixtures.registry import Registry

from .case import load_cases
from .outcome import Outcome, read_table, really
from .predict import disagrees, predicted

LEAST_CASES = 300


def test_there_are_enough_cases_that_the_release_decides() -> None:
    assert sum(not row.by_build for row in read_table().values()) >= LEAST_CASES


def test_the_table_is_what_the_registry_does(registry: Registry) -> None:
    table, cases = read_table(), load_cases()
    now = really(registry, cases)
    # On a busy machine a start can run out of time or lose its port; what differs is asked once more, by itself.
    now |= really(registry, [case for case in cases if table.get(case.id) != now.get(case.id)])
    differing = [
        f"{id}\n    table: {table.get(id)}\n    now:   {now.get(id)}"
        for id in sorted(table.keys() | now.keys())
        if table.get(id) != now.get(id)
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
