"""Root causes, predictions and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from registry_preflight import (
    DELETE,
    EVERY_STAGE,
    GC,
    PULL,
    PUSH,
    START,
    Check,
    Outcome,
    Prediction,
    Result,
    Severity,
    Stage,
    Status,
    Verdict,
)
from registry_preflight.run import status_of
from registry_preflight.verdict import predictions, root_causes, verdict

from .engine import finding, make

BLOCKER, WARNING, NOTE = Severity.BLOCKER, Severity.WARNING, Severity.NOTE
#: A check for each stage that a pass of it shows to work.
PROVES = {stage: make(f"{stage.value}.works", proves=[stage]) for stage in EVERY_STAGE}
ALL = tuple(Result(check.id, check.title, Status.PASSED) for check in PROVES.values())


def found(id: str, severity: Severity, *breaks: Stage) -> Result:
    findings = (finding(severity, breaks),)
    return Result(id, "t", status_of(findings), findings=findings)


def silent(id: str, status: Status = Status.SKIPPED, **facts: Any) -> Result:
    return Result(id, "t", status, **({"reason": "why"} | facts))


def foretold(*results: Result, checks: tuple[Check, ...] = ()) -> Mapping[Stage, Prediction]:
    """The predictions from results that replace those of a run in which everything works."""
    by_id = {check.id: check for check in (*PROVES.values(), *checks)}
    own = {result.id for result in results}
    for result in results:
        by_id.setdefault(result.id, make(result.id))
    return predictions(by_id, [*(result for result in ALL if result.id not in own), *results])


def outcomes(*results: Result, checks: tuple[Check, ...] = ()) -> dict[str, str]:
    return {stage.value: each.outcome.value for stage, each in foretold(*results, checks=checks).items()}


def judged(*results: Result, checks: tuple[Check, ...] = (), **options: bool) -> Verdict:
    own = {result.id for result in results}
    every = [*(result for result in ALL if result.id not in own), *results]
    return verdict(every, foretold(*results, checks=checks), **options)


class TestPredictions:
    def test_where_everything_passed_every_stage_works(self) -> None:
        assert set(outcomes().values()) == {"works"}

    @pytest.mark.parametrize("stage", [PUSH, PULL, DELETE, GC])
    def test_a_stage_that_a_finding_breaks_fails_alone(self, stage: Stage) -> None:
        assert [name for name, outcome in outcomes(found("a.a", BLOCKER, stage)).items() if outcome != "works"] == [
            stage
        ]

    def test_without_a_start_nothing_that_needs_the_server_works(self) -> None:
        made = outcomes(found("a.a", BLOCKER, START))
        assert made == {"start": "fails", "push": "fails", "pull": "fails", "delete": "fails", "gc": "works"}

    def test_what_fails_without_a_start_says_so(self) -> None:
        made = foretold(found("a.a", BLOCKER, START))[PUSH]
        assert made == Prediction(Outcome.FAILS, ("a.a",), "the registry does not start")

    def test_what_fails_by_itself_as_well_names_both(self) -> None:
        assert foretold(found("a.a", BLOCKER, START), found("b.b", BLOCKER, PUSH))[PUSH].because == ("a.a", "b.b")

    def test_where_the_start_is_unknown_so_is_what_needs_it(self) -> None:
        made = outcomes(silent("start.works"))
        assert made == {"start": "unknown", "push": "unknown", "pull": "unknown", "delete": "unknown", "gc": "works"}

    def test_but_what_fails_anyway_fails(self) -> None:
        assert outcomes(silent("start.works"), found("a.a", BLOCKER, PUSH))["push"] == "fails"

    @pytest.mark.parametrize("status", [Status.SKIPPED, Status.BROKEN])
    def test_a_stage_is_unknown_where_a_check_that_it_rests_on_did_not_run(self, status: Status) -> None:
        check = make("a.a", stages=[PUSH])
        made = foretold(silent("a.a", status), checks=(check,))[PUSH]
        assert made == Prediction(Outcome.UNKNOWN, ("a.a",), "a.a: why")

    def test_a_check_that_bears_on_nothing_changes_nothing(self) -> None:
        assert set(outcomes(silent("a.a")).values()) == {"works"}

    def test_what_breaks_a_stage_outweighs_what_did_not_run(self) -> None:
        check = make("a.a", stages=[PUSH])
        assert outcomes(silent("a.a"), found("b.b", BLOCKER, PUSH), checks=(check,))["push"] == "fails"

    @pytest.mark.parametrize("severity", [WARNING, NOTE])
    def test_any_finding_may_break_a_stage(self, severity: Severity) -> None:
        assert outcomes(found("a.a", severity, DELETE))["delete"] == "fails"

    def test_a_blocker_that_breaks_nothing_leaves_every_stage_as_it_is(self) -> None:
        assert set(outcomes(found("a.a", BLOCKER)).values()) == {"works"}

    def test_what_nothing_can_show_is_unknown(self) -> None:
        made = predictions({}, [])
        assert {each.outcome for each in made.values()} == {Outcome.UNKNOWN}

    def test_the_reason_is_the_one_that_came_first(self) -> None:
        checks = (make("a.a", stages=[PUSH]), make("b.b", stages=[PUSH]))
        made = foretold(
            silent("a.a", blocked_by=("b.b",), reason="later"), silent("b.b", reason="first"), checks=checks
        )
        assert made[PUSH].reason == "b.b: first"


class TestVerdict:
    def test_ready(self) -> None:
        assert judged() is Verdict.READY

    @pytest.mark.parametrize("breaks", [(), (START,), (GC,)])
    def test_a_blocker_is_not_ready(self, breaks: tuple[Stage, ...]) -> None:
        assert judged(found("a.a", BLOCKER, *breaks)) is Verdict.NOT_READY

    @pytest.mark.parametrize(("fail_on_warning", "made"), [(False, Verdict.READY), (True, Verdict.NOT_READY)])
    def test_a_warning_is_not_ready_where_the_user_says_so(self, fail_on_warning: bool, made: Verdict) -> None:
        assert judged(found("a.a", WARNING), fail_on_warning=fail_on_warning) is made

    @pytest.mark.parametrize("fail_on_warning", [False, True])
    def test_a_note_is_ready(self, fail_on_warning: bool) -> None:
        assert judged(found("a.a", NOTE), fail_on_warning=fail_on_warning) is Verdict.READY

    def test_a_note_that_breaks_a_stage_is_ready(self) -> None:
        assert judged(found("a.a", NOTE, DELETE)) is Verdict.READY

    @pytest.mark.parametrize("offline", [False, True])
    def test_a_broken_check_is_undetermined(self, offline: bool) -> None:
        assert judged(silent("a.a", Status.BROKEN), offline=offline) is Verdict.UNDETERMINED

    @pytest.mark.parametrize("offline", [False, True])
    def test_a_check_that_could_not_tell_is_undetermined(self, offline: bool) -> None:
        assert judged(silent("a.a"), offline=offline) is Verdict.UNDETERMINED

    def test_a_blocker_outweighs_a_broken_check(self) -> None:
        assert judged(silent("a.a", Status.BROKEN), found("b.b", BLOCKER)) is Verdict.NOT_READY

    def test_offline_what_was_not_asked_for_does_not_count(self) -> None:
        assert judged(silent("push.works", requested=True), offline=True) is Verdict.READY

    def test_offline_an_unknown_start_by_request_does_not_count(self) -> None:
        assert judged(silent("start.works", requested=True), offline=True) is Verdict.READY

    def test_online_it_counts(self) -> None:
        assert judged(silent("push.works", requested=True)) is Verdict.UNDETERMINED

    def test_what_the_user_left_out_counts_where_a_stage_rests_on_it(self) -> None:
        check = make("a.a", stages=[GC])
        assert judged(silent("a.a", requested=True), checks=(check,)) is Verdict.UNDETERMINED

    def test_what_the_user_left_out_does_not_where_none_does(self) -> None:
        assert judged(silent("a.a", requested=True)) is Verdict.READY

    def test_what_it_held_up_does_not_either(self) -> None:
        assert judged(silent("a.a", requested=True), silent("b.b", blocked_by=("a.a",))) is Verdict.READY


class TestRootCauses:
    def test_the_earliest_stage_comes_first(self) -> None:
        results = [found("a.a", BLOCKER, GC), found("b.b", BLOCKER, PUSH, GC), found("c.c", BLOCKER, START)]
        assert root_causes(results) == ("c.c", "b.b", "a.a")

    def test_what_breaks_no_stage_comes_last(self) -> None:
        assert root_causes([found("a.a", BLOCKER), found("b.b", BLOCKER, GC)]) == ("b.b", "a.a")

    def test_ties_stay_in_the_order_of_the_plan(self) -> None:
        assert root_causes([found("b.b", BLOCKER, PUSH), found("a.a", BLOCKER, PUSH)]) == ("b.b", "a.a")

    def test_what_is_no_blocker_is_no_cause(self) -> None:
        assert root_causes([found("a.a", WARNING, START), silent("b.b"), silent("c.c", Status.BROKEN)]) == ()
