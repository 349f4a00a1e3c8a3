"""Checks that reach out: at the same time, in the order of their needs, within their deadlines."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from registry_preflight import Severity, Status, concurrency

from .engine import finding, make, run

#: Seconds that a thread waits for another before the test gives up.
PATIENCE = 10.0


def test_independent_checks_run_at_the_same_time() -> None:
    meeting = threading.Barrier(4)
    results = run(*(make(f"a.a{n}", touches="network", act=lambda: meeting.wait(PATIENCE)) for n in range(4)))
    assert {result.status for result in results.values()} == {Status.PASSED}


def test_no_more_than_a_handful_of_them() -> None:
    inside, most, lock = [0], [0], threading.Lock()

    def act() -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.01)
        with lock:
            inside[0] -= 1

    run(*(make(f"a.a{n}", touches="network", act=act) for n in range(3 * concurrency.WIDTH)))
    assert most[0] <= concurrency.WIDTH


def test_a_check_waits_for_what_it_needs() -> None:
    order: list[str] = []
    run(
        make("a.a", touches="network", needs=["b.b"], act=lambda: order.append("a")),
        make("b.b", touches="network", act=lambda: order.append("b")),
    )
    assert order == ["b", "a"]


def test_a_check_of_the_file_may_need_one_of_the_network() -> None:
    results = run(make("a.a", needs=["b.b"]), make("b.b", touches="network", act=lambda: 1 / 0))
    assert results["a.a"].reason == "because b.b broke"


def test_a_crash_in_a_thread_hides_no_other_check() -> None:
    results = run(
        make("a.a", touches="network", act=lambda: 1 / 0), make("b.b", finding(Severity.WARNING), touches="network")
    )
    assert (results["a.a"].status, results["b.b"].status) == (Status.BROKEN, Status.WARNED)


def test_a_check_that_never_ends_is_broken_at_the_deadline() -> None:
    never = threading.Event()
    began = time.perf_counter()
    results = run(
        make("a.a", touches="network", act=lambda: never.wait(PATIENCE)), make("b.b", touches="network"), deadline=1.0
    )
    assert time.perf_counter() - began < PATIENCE / 2
    never.set()
    assert (results["a.a"].status, results["a.a"].reason) == (Status.BROKEN, "it did not finish in time")
    assert results["b.b"].status is Status.PASSED


def test_a_signal_as_the_time_runs_out_does_not_make_the_run_wait_for_ever() -> None:
    never = threading.Event()
    before = signal.signal(signal.SIGALRM, lambda number, frame: time.sleep(0.3))  # until the deadline is behind it
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, 0.9)
    try:
        results = run(make("a.a", touches="network", act=lambda: never.wait(PATIENCE)), deadline=1.0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        never.set()
    assert time.perf_counter() - began < PATIENCE / 2
    assert results["a.a"].reason == "it did not finish in time"


def test_a_check_has_a_deadline_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrency, "CHECK_DEADLINE", 0.2)
    never = threading.Event()
    results = run(
        make("a.a", touches="network", act=lambda: never.wait(PATIENCE)), make("b.b", touches="network", needs=["a.a"])
    )
    never.set()
    assert (results["a.a"].status, results["b.b"].reason) == (Status.BROKEN, "because a.a broke")


def test_what_had_not_begun_at_the_deadline_does_not_begin() -> None:
    never, begun = threading.Event(), threading.Event()
    slow = [make(f"a.a{n}", touches="network", act=lambda: never.wait(PATIENCE)) for n in range(concurrency.WIDTH)]
    results = run(*slow, make("b.b", touches="network", act=begun.set), deadline=0.5)
    never.set()
    assert not begun.is_set()
    assert results["b.b"].reason == "the run's deadline had passed"


def test_an_answer_after_the_deadline_changes_nothing() -> None:
    late, done = threading.Event(), threading.Event()

    def act() -> None:
        late.wait(PATIENCE)
        done.set()

    results = run(make("a.a", finding(Severity.BLOCKER), touches="network", act=act), deadline=0.1)
    late.set()
    assert done.wait(PATIENCE)
    assert results["a.a"].status is Status.BROKEN


def test_a_run_with_a_check_left_hanging_says_so_in_every_result() -> None:
    never = threading.Event()
    checks = [make(f"a.a{n}", touches="network", act=lambda: never.wait(PATIENCE)) for n in range(3)]
    results = run(*checks, deadline=0.1)
    never.set()
    assert {result.status for result in results.values()} == {Status.BROKEN}
