"""The full check of a Swift config beside the trial of the real registry, on the same cluster in the same run.

`python -m benchmarks.swift` measures alone; the trial is what one would do by hand: start, push, pull, delete and collect.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from registry_preflight.fixtures.backend import folder
from registry_preflight.fixtures.client import image
from registry_preflight.fixtures.faults import latency
from registry_preflight.fixtures.referee import collect_garbage, seed, serving
from registry_preflight.fixtures.relay import Relay
from registry_preflight.fixtures.swift import Account, Swift

from .__main__ import Line
from .subjects import Installed, install
from .timing import run

LAYERS = (4096, 40 << 20)
#: Seconds that a byte takes one way, half of the round trip.
ONE_WAY = 0.025
ROUNDS = 5


def measured(subject: Installed, place: Path) -> Iterator[Line]:
    """Each ratio with its limit."""
    with folder("swift") as own:
        account = Swift(own).account()
        near = _config(account, place / "near.yml")
        pairs = [(_trial(near), _check(subject, near, place)) for _ in range(ROUNDS)]
        trial, check = (statistics.median(times) for times in zip(*pairs, strict=True))
        how = f"check {check:.2f} s, trial {trial:.2f} s; medians of {ROUNDS}"
        yield Line("Swift: check / trial with a layer of 40 MB", check / trial, "", 0.5, how)
        with Relay(int(account.proxy.rpartition(":")[2])) as relay:
            far = _config(account._replace(proxy=relay.url), place / "far.yml")
            with relay.broken(latency(ONE_WAY)):
                trial = _trial(far)
                check = min(_check(subject, far, place) for _ in range(3))
        how = f"check {check:.2f} s, trial {trial:.2f} s"
        yield Line("Swift: check / trial, 50 ms away", check / trial, "", 0.15, how)


def _config(account: Account, path: Path) -> Path:
    name, password = account.owner
    login = {"authurl": account.auth_url, "username": name, "password": password, "container": "registry"}
    http = {"addr": "127.0.0.1:0", "secret": "s"}
    path.write_text(
        json.dumps({"version": 0.1, "http": http, "storage": {"delete": {"enabled": True}, "swift": login}})
    )
    return path


def _trial(config: Path) -> float:
    seeds = seed(config)
    began = time.perf_counter()
    with serving(config) as client:
        client.push(image("tried/pushed", LAYERS))
        client.pull(seeds.pull)
        client.delete(seeds.delete)
        collect_garbage(config)
    return time.perf_counter() - began


def _check(subject: Installed, config: Path, place: Path) -> float:
    out = place / "report.json"
    cost = run([subject.program, "check", "--no-env", "--json", str(out), str(config)])
    report: Mapping[str, Any] = json.loads(out.read_text())
    if report["verdict"] != "ready":
        raise RuntimeError(f"the config is not ready: {report['verdict']}")
    return cost.wall


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
