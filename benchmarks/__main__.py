"""Measures, and prints each ratio beside its limit."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from .subjects import Installed, install, write_configs, write_servable
from .timing import Times, alternate, run, until_listening

REGISTRY = "docker-registry"
SIZES = (500, 1000, 2000)


class Line(NamedTuple):
    """One thing measured: what, the number, its limit (at least, where `least`), and how it came about."""

    what: str
    number: float
    unit: str
    limit: float
    how: str
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the number is within the limit."""
        return self.number >= self.limit if self.least else self.number <= self.limit

    def __str__(self) -> str:
        sign, verdict = (">=" if self.least else "<="), ("ok" if self.kept else "MISSED")
        return f"{self.what:<52} {self.number:8.2f} {self.unit:<9} {sign} {self.limit:g}  {verdict}\n    {self.how}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything; 1 only under `--strict` and where a limit was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=21, help="runs of each process, of which the median counts (21)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a limit is missed")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        lines = list(_measured(Path(folder), install(Path(folder, "installed")), given.rounds))
    return int(given.strict and not all(line.kept for line in lines))


def _measured(folder: Path, subject: Installed, rounds: int) -> Iterator[Line]:
    for part in (_start_up(folder, subject, rounds), _many(folder, subject, max(rounds // 7, 2))):
        for line in part:
            print(line, flush=True)
            yield line


def _start_up(folder: Path, subject: Installed, rounds: int) -> Iterator[Line]:
    config = write_servable(folder)
    registry = shutil.which(REGISTRY)
    things = {
        "check": lambda: run([subject.program, "check", "--offline", str(config)]).wall,
        "list": lambda: run([subject.program, "list"]).wall,
        "python": lambda: run([subject.python, "-c", "pass"]).wall,
    }
    if registry:
        things["registry"] = lambda: until_listening(registry, config)
    else:
        print(
            f"{REGISTRY} is not installed, so nothing is compared with it: scripts/install-test-backends",
            file=sys.stderr,
        )
    times = alternate(things, rounds)
    if registry:
        best = min(times["check"].seconds) / min(times["registry"].seconds)
        how = f"{_how(times, 'check', 'registry')}; the best of both {best:.2f}"
        yield Line("check --offline / registry until it listens", _ratio(times, "check", "registry"), "", 2, how)
    yield Line("list / python3 -c pass", _ratio(times, "list", "python"), "", 5, _how(times, "list", "python"))


def _ratio(times: dict[str, Times], one: str, other: str) -> float:
    return times[one].median / times[other].median


def _how(times: dict[str, Times], *names: str) -> str:
    return "; ".join(f"{name} {_milliseconds(times[name])}" for name in names)


def _milliseconds(times: Times) -> str:
    return f"{times.median * 1000:.1f} ms (best {min(times.seconds) * 1000:.1f}), noise {times.noise:.0%}"


def _many(folder: Path, subject: Installed, rounds: int) -> Iterator[Line]:
    """Many configs in one call, in processor time, which is what one core would need; start-up is taken off."""
    paths = write_configs(folder / "configs", max(SIZES))
    peaks: list[int] = []

    def call(*command: str) -> float:
        cost = run([subject.program, "check", "--offline", *command], one_core=True)
        if cost.exit_code not in (0, 1):
            raise RuntimeError(f"check of many configs: exit {cost.exit_code}")
        peaks.append(cost.peak)
        return cost.processor

    calls = {str(size): ("--quiet", *paths[:size]) for size in (1, *SIZES)}
    calls["json"] = ("--json", "-", *paths[:1000])
    calls["html"] = ("--html", str(folder / "page.html"), *paths[:1000])
    times = alternate({name: partial(call, *command) for name, command in calls.items()}, rounds)
    for name, form, limit in (("1000", "--quiet", 1000), ("json", "--json", 0), ("html", "--html", 0)):
        per_second = 999 / (times[name].median - times["1"].median)
        how = _how(times, name, "1")
        yield Line(f"configs a second after start-up, {form}", per_second, "a second", limit, how, least=True)
    each = {size: (times[str(size)].median - times["1"].median) / (size - 1) for size in SIZES}
    how = "; ".join(f"{size}: {cost * 1e6:.0f} us each" for size, cost in each.items())
    yield Line("cost of one of 2000 configs / of one of 500", each[SIZES[-1]] / each[SIZES[0]], "", 1.2, how)
    yield Line(
        "memory at the peak of all these calls", max(peaks) / 1e6, "MB", 60, "the kernel's figure for one process"
    )


if __name__ == "__main__":
    sys.exit(main())
