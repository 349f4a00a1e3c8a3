"""The full check of an Azure config beside the trial of the real registry 2.8.2, on the same Azurite in the same run.

`python -m benchmarks.azure` measures; the trial is what one would do by hand: start, push, pull, delete and collect.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from registry_preflight.fixtures.azure import cloud, registry_with_azure, store
from registry_preflight.fixtures.backend import folder
from registry_preflight.fixtures.client import image
from registry_preflight.fixtures.faults import latency
from registry_preflight.fixtures.relay import Relay
from registry_preflight.fixtures.serving import Serving, run_collection

from .__main__ import Line
from .subjects import Installed
from .trial import LARGE, ONE_WAY, SMALL, check, measure, quickest_check

ROUNDS = 3
PATIENCE = 120.0


def measured(subject: Installed, folder: Path) -> Iterator[Line]:
    """Each ratio with its limit."""
    with cloud() as started, store(started) as at:
        config = folder / "config.yml"
        config.write_text(at.config())
        for name, layers, limit in (("40 MB", LARGE, 0.5), ("0.1 MB", SMALL, 0.5)):
            trial = statistics.median(_trial(config, at.environment, layers) for _ in range(ROUNDS))
            took = statistics.median(check(subject, config, *_given(at.environment))[0] for _ in range(ROUNDS))
            yield Line(f"check / trial with a layer of {name}", took / trial, "", limit, f"{took:.2f} s, {trial:.2f} s")
        port = int(at.front.proxy.rpartition(":")[2])
        with Relay(port) as relay, relay.broken(latency(ONE_WAY)):
            far = {**at.environment, "HTTPS_PROXY": f"http://127.0.0.1:{relay.port}"}
            trial = _trial(config, far, LARGE)
            took, report = quickest_check(subject, config, *_given(far))
        how = f"{took:.2f} s, {trial:.2f} s; {report['requests']['count']} requests"
        yield Line("check / trial, 50 ms away", took / trial, "", 0.15, how)


def _trial(config: Path, environment: Mapping[str, str], layers: tuple[int, ...]) -> float:
    with folder("trial") as place:
        tried = Serving(place, "config", config.read_text(), environment, str(registry_with_azure()), PATIENCE)
        began = time.perf_counter()
        with tried:
            client, pushed = tried.client(PATIENCE), image("tried/pushed", layers)
            client.push(pushed)
            client.pull(pushed)
            client.delete(pushed)
        run_collection(tried.command("garbage-collect"), tried.environment, place.path).check_returncode()
        return time.perf_counter() - began


def _given(environment: Mapping[str, str]) -> list[str]:
    return [word for name, value in environment.items() for word in ("--env", f"{name}={value}")]


if __name__ == "__main__":
    sys.exit(measure(measured))
