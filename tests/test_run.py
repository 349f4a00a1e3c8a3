"""What becomes of a check: its status, its reason, and what a crash or an unmet need does to the others."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from registry_preflight import CannotTell, Config, Finding, NeedsNetwork, Severity, Status, Where, blocker, check
from registry_preflight.plan import Planned
from registry_preflight.run import Run

from .engine import TEXT, config, finding, make, planned, run

BLOCKER, WARNING, NOTE = Severity.BLOCKER, Severity.WARNING, Severity.NOTE


def raising(error: BaseException) -> Callable[[], object]:
    def act() -> object:
        raise error

    return act


@pytest.mark.parametrize(
    ("severities", "status"),
    [
        ((), Status.PASSED),
        ((NOTE,), Status.PASSED),
        ((WARNING,), Status.WARNED),
        ((NOTE, WARNING), Status.WARNED),
        ((BLOCKER,), Status.FAILED),
        ((WARNING, BLOCKER, NOTE), Status.FAILED),
    ],
)
def test_the_status_follows_from_the_findings(severities: tuple[Severity, ...], status: Status) -> None:
    assert run(make("a.a", *map(finding, severities)))["a.a"].status is status


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        RecursionError("x"),
        MemoryError("x"),
        SystemExit(0),
        StopIteration(),
        OSError(2, "x"),
        AssertionError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_check_raises_makes_it_broken(error: BaseException) -> None:
    assert run(make("a.a", act=raising(error)))["a.a"].status is Status.BROKEN


def test_the_reason_names_the_crash_on_one_line() -> None:
    assert (
        run(make("a.a", act=raising(ValueError("one\ntwo"))))["a.a"].reason == "the check crashed: ValueError: one two"
    )


def test_a_long_crash_is_cut() -> None:
    assert len(run(make("a.a", act=raising(ValueError("x" * 10_000))))["a.a"].reason) < 2100


@pytest.mark.parametrize("length", range(1970, 2010, 4))
def test_a_cut_leaves_no_part_of_a_secret(length: int) -> None:
    def talks(config: Config) -> Iterator[Finding]:
        """The fact holds."""
        yield blocker(what="a", why="b", fix="c", evidence="x" * length + "wJalrXUtnFEMI")
        raise ValueError("x" * length + "wJalrXUtnFEMI")

    made = config(f"http: {{secret: wJalrXUtnFEMI}}\n{TEXT}")
    (result,) = Run(made, [Planned(check("a.a", needs=())(talks))], None, "test").results()
    assert "wJa" not in repr(result)


def test_an_interrupt_is_nobodys_crash() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(make("a.a", act=raising(KeyboardInterrupt())))


def test_a_check_that_yields_nonsense_is_broken() -> None:
    @check("a.a", needs=())
    def nonsense(config: Config) -> Iterator[Finding]:
        """The fact holds."""
        yield "not a finding"  # type: ignore[misc]

    (result,) = Run(config(), [Planned(nonsense)], None, "test").results()
    assert result.status is Status.BROKEN


def test_a_check_that_yields_nothing_at_all_is_broken() -> None:
    @check("a.a", needs=())
    def returns(config: Config) -> Iterator[Finding]:
        """The fact holds."""
        return None  # type: ignore[return-value]

    (result,) = Run(config(), [Planned(returns)], None, "test").results()
    assert result.status is Status.BROKEN


def test_a_text_that_cannot_be_printed_breaks_the_check_alone() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise ValueError("no words")

    assert run(make("a.a", act=raising(Mute())), make("b.b"))["b.b"].status is Status.PASSED


def test_a_crash_hides_no_other_check() -> None:
    results = run(make("a.a", act=raising(ValueError())), make("b.b", finding(WARNING)))
    assert results["b.b"].status is Status.WARNED


def test_a_check_that_cannot_tell_is_skipped_with_its_reason() -> None:
    result = run(make("a.a", act=raising(CannotTell("the log is elsewhere"))))["a.a"]
    assert (result.status, result.reason, result.requested) == (Status.SKIPPED, "the log is elsewhere", False)


@pytest.mark.parametrize("offline", [True, False])
def test_what_only_the_network_tells_is_the_users_wish_offline(offline: bool) -> None:
    assert run(make("a.a", act=raising(NeedsNetwork("x"))), offline=offline)["a.a"].requested is offline


def test_what_was_found_before_stands() -> None:
    def halfway(subject: object) -> Iterator[Finding]:
        """The fact holds."""
        yield finding(BLOCKER)
        raise CannotTell("the rest")

    result = run(check("a.a", needs=())(halfway))["a.a"]
    assert (result.status, result.reason) == (Status.FAILED, "the rest")


@pytest.mark.parametrize(
    ("act", "finds", "said"),
    [
        (None, [finding(BLOCKER)], "because a.a failed"),
        (raising(ValueError()), [], "because a.a broke"),
        (raising(CannotTell("x")), [], "because a.a did not run"),
    ],
)
def test_an_unmet_need_skips_a_check(act: Callable[[], object] | None, finds: list[Finding], said: str) -> None:
    result = run(make("a.a", *finds, act=act), make("b.b", needs=["a.a"]))["b.b"]
    assert (result.status, result.reason, result.blocked_by) == (Status.SKIPPED, said, ("a.a",))


@pytest.mark.parametrize("severity", [WARNING, NOTE])
def test_a_need_that_warned_is_met(severity: Severity) -> None:
    assert run(make("a.a", finding(severity)), make("b.b", needs=["a.a"]))["b.b"].status is Status.PASSED


def test_every_unmet_need_is_named() -> None:
    checks = [
        make("a.a", finding(BLOCKER)),
        make("b.b", finding(BLOCKER)),
        make("c.c"),
        make("d.d", needs=["a.a", "b.b", "c.c"]),
    ]
    assert run(*checks)["d.d"].blocked_by == ("a.a", "b.b")


def test_what_the_user_left_out_holds_others_up_as_well() -> None:
    result = run(make("a.a"), make("b.b", needs=["a.a"]), skip=("a.a",))["b.b"]
    assert (result.status, result.requested, result.blocked_by) == (Status.SKIPPED, False, ("a.a",))


@pytest.mark.parametrize(
    ("when", "text", "asked"),
    [
        (["http.tls"], TEXT, False),
        (["http.tls"], f"{TEXT}http: {{tls: {{key: x}}}}\n", True),
        (["storage.*.region"], "version: 0.1\nstorage: {s3: {region: x}}\n", True),
        (["http.tls", "http.host"], f"{TEXT}http: {{host: x}}\n", True),
    ],
)
def test_a_check_is_asked_where_its_settings_are_given(when: list[str], text: str, asked: bool) -> None:
    calls: list[int] = []
    made = Run(config(text), [Planned(make("a.a", act=lambda: calls.append(1), when=when))], None, "test")
    (result,) = made.results()
    assert (bool(calls), result.status) == (asked, Status.PASSED)


def test_a_place_by_path_gets_its_line() -> None:
    found = blocker(what="a", why="b", fix="c", where="storage.inmemory")
    where = run(make("a.a", found))["a.a"].findings[0].where
    assert (where.line, where.column, where.excerpt) == (2, 21, "storage: {inmemory: {}}")


def test_a_place_that_is_given_stays() -> None:
    found = blocker(what="a", why="b", fix="c", where=Where(path="x", variable="REGISTRY_X"))
    assert run(make("a.a", found))["a.a"].findings[0].where == Where(path="x", variable="REGISTRY_X")


def test_results_come_in_the_order_of_the_plan() -> None:
    checks = [make("c.c"), make("b.b", touches="network"), make("a.a", needs=["b.b"])]
    assert list(run(*checks)) == [check.id for check, _ in planned(checks)]


class TestHandles:
    def test_all_checks_share_one_handle(self) -> None:
        made: list[object] = []

        class Storage:
            def __init__(self, config: Config, ledger: object, run_id: str) -> None:
                made.append(run_id)

        run(make("a.a", storage=Storage, touches="reads"), make("b.b", storage=Storage, touches="reads"))
        assert made == ["test"]

    def test_a_handle_that_cannot_be_made_breaks_its_checks_and_no_others(self) -> None:
        class Storage:
            def __init__(self, *arguments: object) -> None:
                raise OSError("no such host")

        results = run(make("a.a", storage=Storage, touches="reads"), make("b.b"))
        assert (results["a.a"].status, results["b.b"].status) == (Status.BROKEN, Status.PASSED)

    def test_a_handle_is_closed_at_the_end(self) -> None:
        closed: list[int] = []

        class Storage:
            def __init__(self, *arguments: object) -> None:
                pass

            def close(self) -> None:
                closed.append(1)

        run(make("a.a", storage=Storage, touches="reads"))
        assert closed == [1]


@pytest.fixture
def alarm() -> Iterator[Callable[[Run, float], None]]:
    """Ring a run after some seconds, as the command line does; the signal is given back afterwards."""
    before, left = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)

    def set_for(run: Run, seconds: float) -> None:
        signal.signal(signal.SIGALRM, run.ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    yield set_for
    signal.setitimer(signal.ITIMER_REAL, *left)
    signal.signal(signal.SIGALRM, before)


class TestAlarm:
    def results(self, alarm: Callable[[Run, float], None], *checks: Any) -> dict[str, tuple[Status, str]]:
        made = Run(config(), planned(checks), None, "test")
        alarm(made, 0.2)
        return {result.id: (result.status, result.reason) for result in made.results()}

    def test_a_check_that_computes_for_ever_is_broken(self, alarm: Callable[[Run, float], None]) -> None:
        def forever() -> None:
            while True:
                pass

        assert self.results(alarm, make("a.a", act=forever))["a.a"] == (Status.BROKEN, "it did not finish in time")

    def test_so_is_one_that_sleeps_for_ever(self, alarm: Callable[[Run, float], None]) -> None:
        def forever() -> None:
            time.sleep(sys.maxsize >> 32)

        assert self.results(alarm, make("a.a", act=forever))["a.a"][0] is Status.BROKEN

    def test_so_is_one_that_catches_every_exception(self, alarm: Callable[[Run, float], None]) -> None:
        def forever() -> None:
            while True:
                try:
                    time.sleep(60)
                except Exception:  # that is the point
                    continue

        assert self.results(alarm, make("a.a", act=forever))["a.a"][0] is Status.BROKEN

    def test_what_comes_after_it_does_not_run(self, alarm: Callable[[Run, float], None]) -> None:
        results = self.results(alarm, make("a.a", act=lambda: time.sleep(60)), make("b.b"))
        assert results["b.b"] == (Status.BROKEN, "the run's deadline had passed")

    def test_what_needs_it_says_so(self, alarm: Callable[[Run, float], None]) -> None:
        results = self.results(alarm, make("a.a", act=lambda: time.sleep(60)), make("b.b", needs=["a.a"]))
        assert results["b.b"] == (Status.SKIPPED, "because a.a broke")

    def test_outside_a_check_it_interrupts_nothing(self, alarm: Callable[[Run, float], None]) -> None:
        made = Run(config(), planned([make("a.a")]), None, "test")
        alarm(made, 0.01)
        signal.sigtimedwait([], 0.05)
        assert [result.status for result in made.results()] == [Status.BROKEN]
