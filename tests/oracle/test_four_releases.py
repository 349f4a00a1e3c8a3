"""Offline predictions against what real 2.5.2, 2.7.1, 2.8.3 and 3.1.1 did with random configs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from registry_preflight.fixtures.registry import Given

from .predict import disagrees, predicted
from .releases import TARGETS, Row, Seen, read_rows

LEAST_AGREEMENT = 0.995
#: Rows that are foretold wrongly and why, by release and name. Nothing is listed without a reason that is understood.
KNOWN: dict[str, dict[str, str]] = {"2.5.2": {}, "2.7.1": {}, "2.8.3": {}, "3.1.1": {}}

ROWS = read_rows()


@pytest.fixture(scope="module", params=sorted(TARGETS))
def foretold(request: pytest.FixtureRequest) -> tuple[str, list[tuple[Row, Seen, str]]]:
    """A release, and each row with what it did and what was foretold of it."""
    release = str(request.param)
    return release, [(row, row.seen[release], _foretold(row, release)) for row in ROWS]


def test_nothing_that_fails_is_foretold_to_work(foretold: tuple[str, list[tuple[Row, Seen, str]]]) -> None:
    release, rows = foretold
    promised = [(row, seen, said) for row, seen, said in rows if said == "works" and seen.outcome == "fails"]
    assert not promised, "\n".join(_told(release, promised))


def test_predictions_agree(foretold: tuple[str, list[tuple[Row, Seen, str]]]) -> None:
    release, rows = foretold
    decided = [one for one in rows if not one[1].by_network]
    wrong = [one for one in decided if disagrees(one[1].outcome, False, one[2])]
    agreement = 1 - len(wrong) / len(decided)
    assert agreement >= LEAST_AGREEMENT, f"{release}: {agreement:.2%} of {len(decided)}\n" + "\n".join(
        _told(release, wrong)
    )


def test_each_difference_is_known_by_name(foretold: tuple[str, list[tuple[Row, Seen, str]]]) -> None:
    release, rows = foretold
    wrong = [one for one in rows if disagrees(one[1].outcome, one[1].by_network, one[2])]
    unnamed = [one for one in wrong if one[0].name not in KNOWN[release]]
    gone = KNOWN[release].keys() - {row.name for row, _, _ in wrong}
    assert not unnamed, "\n".join(_told(release, unnamed))
    assert not gone, f"{release}: no longer wrong: {', '.join(sorted(gone))}"


def _foretold(row: Row, release: str) -> str:
    return predicted(Given(row.config, row.environment), TARGETS[release])


def _told(release: str, wrong: list[tuple[Row, Seen, str]]) -> Iterator[str]:
    for row, seen, foretold in wrong:
        network = " by network" if seen.by_network else ""
        yield f"{release} {row.name}: foretold {foretold}, really {seen.outcome}{network} {seen.said}"
        yield f"{row.config}{dict(row.environment) or ''}\n"
