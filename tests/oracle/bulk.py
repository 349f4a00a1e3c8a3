"""Hunts for wrong predictions: `python -m tests.oracle.bulk 5000 --seed 1` judges that many random configs.

Faster than the fuzz test and without shrinking; what differs is grouped by what the registry said, the shortest first.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from registry_preflight.fixtures.registry import Given, Registry

from .comparing import Disagreement, judged
from .making import Making
from .predict import predicted

T = TypeVar("T")
_DETAILS = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`|[-+]?\d[\w.+-]*")


class _Thrown:
    """Choices by a plain random generator."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pick(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def below(self, limit: int) -> int:
        return self._random.randrange(limit)

    def chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent


def made(count: int, seed: int) -> Iterator[Given]:
    """This many configs; the same seed makes the same ones."""
    for number in range(count):
        yield Making(_Thrown(seed * 1_000_003 + number)).made()


def hunt(count: int, seed: int, workers: int) -> Iterator[Disagreement]:
    """Judge this many and give those that differ."""
    registry = Registry()
    given = list(made(count, seed))
    for one, real in zip(given, registry.start_all(given, workers), strict=True):
        if found := judged(registry, one, real, predicted(one)):
            yield found


def main() -> int:
    """Print what differs; exit code 1 if anything does."""
    arguments = argparse.ArgumentParser(description="Judge random configs by the real registry and by prediction.")
    arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--show", type=int, default=1, help="examples of each group")
    asked = arguments.parse_args()
    began = time.monotonic()
    groups: dict[str, list[Disagreement]] = defaultdict(list)
    for found in hunt(asked.count, asked.seed, asked.workers):
        groups[
            f"foretold {found.foretold}, really {found.real.outcome}: {_DETAILS.sub('#', found.real.said)[:150]}"
        ].append(found)
    for title, members in sorted(groups.items(), key=lambda item: -len(item[1])):
        print(f"\n== {len(members)} x {title}")
        for found in sorted(members, key=lambda one: len(str(one)))[: asked.show]:
            print(found)
    wrong = sum(len(members) for members in groups.values())
    print(
        f"\n{asked.count} configs, seed {asked.seed}: {wrong} differ in {len(groups)} groups, {time.monotonic() - began:.0f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
