"""Writes the table of outcomes anew: `python -m tests.oracle.regenerate`."""

from __future__ import annotations

from registry_preflight.fixtures.registry import Registry

from .case import load_cases
from .outcome import TABLE, really, write_table


def main() -> None:
    """Start every case and keep what each did."""
    registry = Registry()
    outcomes = really(registry, load_cases())
    write_table(registry.version(), outcomes)
    works = sum(row.outcome == "works" for row in outcomes.values())
    print(
        f"{TABLE.name}: {len(outcomes)} cases, {works} work, {sum(row.by_network for row in outcomes.values())} by network"
    )


if __name__ == "__main__":
    main()
