"""The full check of an S3 config beside the trial of the real registry, on the same gateway in the same run.

`python -m benchmarks.s3` measures alone; the trial is what one would do by hand: start, push, pull, delete and collect.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from registry_preflight.fixtures.faults import latency
from registry_preflight.fixtures.relay import Relay
from registry_preflight.fixtures.rgw import cluster

from .__main__ import Line
from .subjects import Installed
from .trial import LARGE, ONE_WAY, SMALL, Report, check, measure, quickest_check, trial

if TYPE_CHECKING:
    from registry_preflight.fixtures.buckets import Bucket

ROUNDS = 5
#: The disk below the gateway is this machine's, and may be small.
WITHOUT_ROOM = ("--min-free", "0")


def measured(subject: Installed, folder: Path) -> Iterator[Line]:
    """Each ratio with its limit."""
    with cluster() as started, started.bucket() as bucket:
        near = folder / "near.yml"
        near.write_text(bucket.config())
        times = {"check": [], "large": [], "small": []}  # type: dict[str, list[float]]
        report: Report = {}
        for _ in range(ROUNDS):
            times["large"].append(trial(near, LARGE))
            took, report = check(subject, near, *WITHOUT_ROOM)
            times["check"].append(took)
            times["small"].append(trial(near, SMALL))
        yield from _near(times, report)
        yield from _far(bucket, started.gateway.port, subject, folder)


def _near(times: Mapping[str, list[float]], report: Report) -> Iterator[Line]:
    checked, large, small = (statistics.median(times[name]) for name in ("check", "large", "small"))
    how = f"check {checked:.2f} s, trial with 40 MB {large:.2f} s, with 0.1 MB {small:.2f} s; medians of {ROUNDS}"
    yield Line("check / trial with a layer of 40 MB", checked / large, "", 0.35, how)
    yield Line("check / trial with a layer of 0.1 MB", checked / small, "", 0.8, how)
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
            tried = trial(path, LARGE)
            took, report = quickest_check(subject, path, *WITHOUT_ROOM)
    length, chain = report["requests"]["chain"]["length"], report["requests"]["chain"]["seconds"]
    how = f"check {took:.2f} s, trial {tried:.2f} s, longest chain {length} requests in {chain:.2f} s"
    yield Line("check / trial, 50 ms away", took / tried, "", 0.12, how)
    yield Line("the run / its longest chain, 50 ms away", report["run"]["seconds"] / chain, "", 1.3, how)


if __name__ == "__main__":
    sys.exit(measure(measured))
