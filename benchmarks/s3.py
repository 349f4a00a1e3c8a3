"""The full check of an S3 config beside the trial of the real registry, on the same gateway in the same run.

`python -m benchmarks.s3` measures alone; the trial is what one would do by hand: start, push, pull, delete and collect.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_preflight.fixtures.client import image
from registry_preflight.fixtures.faults import latency
from registry_preflight.fixtures.referee import collect_garbage, seed, serving
from registry_preflight.fixtures.relay import Relay
from registry_preflight.fixtures.rgw import cluster

from .__main__ import Line
from .subjects import Installed, install
from .timing import run

if TYPE_CHECKING:
    from registry_preflight.fixtures.buckets import Bucket

SMALL, LARGE = (4096, 100_000), (4096, 40 << 20)
#: Seconds that a byte takes one way, half of the round trip.
ONE_WAY = 0.025
ROUNDS = 5


def measured(subject: Installed, folder: Path) -> Iterator[Line]:
    """Each ratio with its limit."""
    with cluster() as started, started.bucket() as bucket:
        near = folder / "near.yml"
        near.write_text(bucket.config())
        times = {"check": [], "large": [], "small": []}  # type: dict[str, list[float]]
        report: Mapping[str, Any] = {}
        for _ in range(ROUNDS):
            times["large"].append(_trial(near, LARGE))
            took, report = _check(subject, near, folder)
            times["check"].append(took)
            times["small"].append(_trial(near, SMALL))
        yield from _near(times, report)
        yield from _far(bucket, started.gateway.port, subject, folder)


def _near(times: Mapping[str, list[float]], report: Mapping[str, Any]) -> Iterator[Line]:
    check, large, small = (statistics.median(times[name]) for name in ("check", "large", "small"))
    how = f"check {check:.2f} s, trial with 40 MB {large:.2f} s, with 0.1 MB {small:.2f} s; medians of {ROUNDS}"
    yield Line("check / trial with a layer of 40 MB", check / large, "", 0.35, how)
    yield Line("check / trial with a layer of 0.1 MB", check / small, "", 0.8, how)
    requests = report["requests"]
    sent = requests["bytes_sent"] / (1 << 20)
    yield Line(
        "sent by a check", sent, "MiB", 12, f"{requests['count']} requests, {requests['bytes_received']} bytes back"
    )


def _far(bucket: Bucket, port: int, subject: Installed, folder: Path) -> Iterator[Line]:
    with Relay(port) as relay:
        path = folder / "far.yml"
        path.write_text(bucket.at(relay.url).config())
        with relay.broken(latency(ONE_WAY)):
            trial = _trial(path, LARGE)
            took, report = min((_check(subject, path, folder) for _ in range(3)), key=lambda pair: pair[0])
    chain = longest_chain(report)
    how = f"check {took:.2f} s, trial {trial:.2f} s, longest chain of checks {chain:.2f} s"
    yield Line("check / trial, 50 ms away", took / trial, "", 0.12, how)
    yield Line("the run / its longest chain, 50 ms away", report["run"]["seconds"] / chain, "", 1.3, how)


def longest_chain(report: Mapping[str, Any]) -> float:
    """The longest chain of checks that waited for each other, in seconds: from the first request to the last answer."""
    asked = [one for one in report["results"] if one["seconds"] > 0.04]
    ends = [float(one["started"]) + float(one["seconds"]) for one in asked]
    return max(ends) - min(float(one["started"]) for one in asked)


def _trial(config: Path, layers: tuple[int, ...]) -> float:
    seeds = seed(config)
    began = time.perf_counter()
    with serving(config) as client:
        client.push(image("tried/pushed", layers))
        client.pull(seeds.pull)
        client.delete(seeds.delete)
        collect_garbage(config)
    return time.perf_counter() - began


def _check(subject: Installed, config: Path, folder: Path) -> tuple[float, Mapping[str, Any]]:
    out = folder / "report.json"
    cost = run([subject.program, "check", "--no-env", "--min-free", "0", "--json", str(out), str(config)])
    report: Mapping[str, Any] = json.loads(out.read_text())
    if report["verdict"] != "ready":
        raise RuntimeError(f"the config is not ready: {report['verdict']}")
    return cost.wall, report


def main(make: Callable[[Path], Installed] = install) -> int:
    """Measure and print; 1 where a limit was missed."""
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        lines = []
        for line in measured(make(Path(name, "installed")), Path(name)):
            print(line, flush=True)
            lines.append(line)
    return int(not all(line.kept for line in lines))


if __name__ == "__main__":
    sys.exit(main())
