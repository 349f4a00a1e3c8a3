"""Times of whole processes: in turn, for a busy machine slows all alike; medians, for a hiccup does not count."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Environment = Mapping[str, str]

#: What the programs see of the environment; the rest of it belongs to the machine.
PLAIN: Environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}


class Times(NamedTuple):
    """Seconds of several runs of one thing."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    @property
    def noise(self) -> float:
        """How far the middle half spreads, as a part of the median: above 0.2 a ratio says little."""
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return (high - low) / self.median


class Cost(NamedTuple):
    """What one process took: seconds by the clock, seconds of processor, and bytes of memory at its peak."""

    wall: float
    processor: float
    peak: int
    exit_code: int


def alternate(things: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Times]:
    """Measure each thing once a round, the first round thrown away: it fills the caches."""
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for number in range(rounds + 1):
        for name, measure in things.items():
            took = measure()
            if number:
                seconds[name].append(took)
    return {name: Times(tuple(found)) for name, found in seconds.items()}


def run(command: Sequence[str], one_core: bool = False) -> Cost:
    """Run a command to its end, its output thrown away.

    The peak is the kernel's, and never less than that of this process, from which the command was started.
    """
    before = os.sched_getaffinity(0)
    if one_core:
        os.sched_setaffinity(0, {min(before)})
    try:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=PLAIN, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
    finally:
        os.sched_setaffinity(0, before)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(took, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, process.returncode)


def until_listening(binary: str, config: Path) -> float:
    """Seconds from the start of a registry to the line that says that it listens. Raises `RuntimeError` without one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**PLAIN, "REGISTRY_HTTP_ADDR": f"127.0.0.1:{port}"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [binary, "serve", str(config)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if b"listening on" in line:
                return time.perf_counter() - began
        raise RuntimeError(f"{binary} does not serve {config}")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
