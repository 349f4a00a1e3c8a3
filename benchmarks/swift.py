"""The full check of a Swift config beside the trial of the real registry, on the same cluster in the same run.

`python -m benchmarks.swift` measures alone; the trial is what one would do by hand: start, push, pull, delete and collect.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from registry_preflight.fixtures.backend import folder
from registry_preflight.fixtures.faults import latency
from registry_preflight.fixtures.relay import Relay
from registry_preflight.fixtures.swift import Account, Swift

from .__main__ import Line
from .subjects import Installed
from .trial import LARGE, ONE_WAY, check, measure, quickest_check, trial

ROUNDS = 5


def measured(subject: Installed, place: Path) -> Iterator[Line]:
    """Each ratio with its limit."""
    with folder("swift") as own:
        account = Swift(own).account()
        near = _config(account, place / "near.yml")
        pairs = [(trial(near, LARGE), check(subject, near)[0]) for _ in range(ROUNDS)]
        tried, checked = (statistics.median(times) for times in zip(*pairs, strict=True))
        how = f"check {checked:.2f} s, trial {tried:.2f} s; medians of {ROUNDS}"
        yield Line("Swift: check / trial with a layer of 40 MB", checked / tried, "", 0.5, how)
        with Relay(int(account.proxy.rpartition(":")[2])) as relay:
            far = _config(account._replace(proxy=relay.url), place / "far.yml")
            with relay.broken(latency(ONE_WAY)):
                tried = trial(far, LARGE)
                checked, _ = quickest_check(subject, far)
        how = f"check {checked:.2f} s, trial {tried:.2f} s"
        yield Line("Swift: check / trial, 50 ms away", checked / tried, "", 0.15, how)


def _config(account: Account, path: Path) -> Path:
    name, password = account.owner
    login = {"authurl": account.auth_url, "username": name, "password": password, "container": "registry"}
    http = {"addr": "127.0.0.1:0", "secret": "s"}
    path.write_text(
        json.dumps({"version": 0.1, "http": http, "storage": {"delete": {"enabled": True}, "swift": login}})
    )
    return path


if __name__ == "__main__":
    sys.exit(measure(measured))
