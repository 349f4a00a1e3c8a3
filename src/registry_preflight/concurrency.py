"""Checks that reach out of the process, each in a thread of its own, so that one that hangs holds nobody up."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence

from registry_preflight.check import Check
from registry_preflight.result import Result, Status
from registry_preflight.run import CHECK_DEADLINE

#: So many at the same time: storage answers slowly, but nobody's storage should feel a preflight.
WIDTH = 8


def run_away(
    checks: Sequence[Check],
    execute: Callable[[Check], Result],
    unasked: Callable[[Check], Result | None],
    results: dict[str, Result],
    until: float,
    watch: Callable[[int, tuple[str, ...]], None],
) -> bool:
    """Run checks in the order of their needs, settle them in `results`, until `until` (of `time.perf_counter`); answer whether a thread was left hanging.

    A thread past its deadline is left to itself: Python can't end it. It is a daemon, so the process ends without it.
    """
    answers: queue.Queue[Result] = queue.Queue()
    waiting = list(checks)
    under_way: dict[str, tuple[Check, float]] = {}
    hanging = False
    while waiting or under_way:
        waiting = _begin(waiting, under_way, execute, unasked, results, answers, until)
        watch(len(results), tuple(under_way))
        if not under_way:
            continue
        ends = min(deadline for _, deadline in under_way.values())
        try:
            result = answers.get(timeout=max(0.0, ends - time.perf_counter()))
        except queue.Empty:
            for check, _ in [late for late in under_way.values() if late[1] <= time.perf_counter()]:
                hanging = True
                del under_way[check.id]
                results[check.id] = Result(check.id, check.title, Status.BROKEN, reason="it did not finish in time")
        else:
            if result.id in under_way:
                del under_way[result.id]
                results[result.id] = result
    return hanging


def _begin(
    waiting: list[Check],
    under_way: dict[str, tuple[Check, float]],
    execute: Callable[[Check], Result],
    unasked: Callable[[Check], Result | None],
    results: dict[str, Result],
    answers: queue.Queue[Result],
    until: float,
) -> list[Check]:
    """Start what is ready; answer what is not."""
    later = []
    for check in waiting:
        if any(need not in results for need in check.needs) or len(under_way) >= WIDTH:
            later.append(check)
        elif (result := unasked(check)) is not None:
            results[check.id] = result
        elif time.perf_counter() >= until:
            results[check.id] = Result(check.id, check.title, Status.BROKEN, reason="the run's deadline had passed")
        else:
            under_way[check.id] = (check, min(until, time.perf_counter() + CHECK_DEADLINE))
            threading.Thread(target=lambda check=check: answers.put(execute(check)), daemon=True, name=check.id).start()
    return later
