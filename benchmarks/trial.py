"""What the benchmarks of the backends share: a check as it is installed, the registry's own trial, and the ratios."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from registry_preflight.fixtures.client import image
from registry_preflight.fixtures.referee import collect_garbage, seed, serving

from .__main__ import Line
from .subjects import Installed, install
from .timing import run

Report = Mapping[str, Any]

#: Sizes of an image's layers, in bytes.
SMALL, LARGE = (4096, 100_000), (4096, 40 << 20)
#: Seconds that a byte takes one way, half of the round trip.
ONE_WAY = 0.025


def trial(config: Path, layers: tuple[int, ...]) -> float:
    """Seconds of what one would do by hand: start, push, pull, delete and collect."""
    seeds = seed(config)
    began = time.perf_counter()
    with serving(config) as client:
        client.push(image("tried/pushed", layers))
        client.pull(seeds.pull)
        client.delete(seeds.delete)
        collect_garbage(config)
    return time.perf_counter() - began


def check(subject: Installed, config: Path, *options: str) -> tuple[float, Report]:
    """Seconds of a check, and its report. Raises `RuntimeError` where the config is not ready."""
    out = config.with_suffix(".json")
    cost = run([subject.program, "check", "--no-env", "--json", str(out), *options, str(config)])
    report: Report = json.loads(out.read_text())
    if report["verdict"] != "ready":
        raise RuntimeError(f"the config is not ready: {report['verdict']}")
    return cost.wall, report


def quickest_check(subject: Installed, config: Path, *options: str) -> tuple[float, Report]:
    """The best of three checks."""
    return min((check(subject, config, *options) for _ in range(3)), key=lambda found: found[0])


def measure(measured: Callable[[Installed, Path], Iterable[Line]], make: Callable[[Path], Installed] = install) -> int:
    """Measure the program as `make` installs it, and print; 1 where a limit was missed."""
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        lines = []
        for line in measured(make(Path(name, "installed")), Path(name)):
            print(line, flush=True)
            lines.append(line)
    return int(not all(line.kept for line in lines))
