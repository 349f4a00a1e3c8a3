"""The table of what the registry did with each case. The registry writes it, and nobody else does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from registry_preflight.fixtures.registry import Registry, Start

from .case import Case

TABLE = Path(__file__).with_name("starts-2.8.2.json")
#: Drivers that the release has and Debian's build of it has not.
LEFT_OUT = ("azure", "gcs", "oss")


class Outcome(NamedTuple):
    """What one case did. `by_build`: Debian's build decided it, so it says nothing about the release."""

    outcome: str
    exit_code: int | None
    said: str
    by_network: bool
    by_build: bool


def outcome_of(case: Case, start: Start) -> Outcome:
    """What the table keeps of a start."""
    return Outcome(
        start.outcome, start.exit_code, start.said, start.by_network, bool(case.build) or lacks_driver(start.said)
    )


def lacks_driver(said: str) -> bool:
    """Whether the process ended because Debian left this driver out."""
    return said.rpartition("StorageDriver not registered: ")[2] in LEFT_OUT and "not registered" in said


def really(registry: Registry, cases: Sequence[Case]) -> dict[str, Outcome]:
    """Start every case now."""
    starts = registry.start_all(case.given for case in cases)
    return {case.id: outcome_of(case, start) for case, start in zip(cases, starts, strict=True)}


def read_table() -> dict[str, Outcome]:
    """The outcomes as they were written last."""
    rows = json.loads(TABLE.read_text("utf-8"))["starts"]
    return {id: Outcome(**row) for id, row in rows.items()}


def write_table(version: str, outcomes: Mapping[str, Outcome]) -> None:
    """One line a case, so that a change of one shows as one line."""
    rows = ",\n".join(
        f"  {json.dumps(id)}: {json.dumps(row._asdict(), ensure_ascii=False)}" for id, row in outcomes.items()
    )
    TABLE.write_text(f'{{"registry": {json.dumps(version)}, "starts": {{\n{rows}\n}}}}\n', "utf-8")
