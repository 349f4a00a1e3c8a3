"""Which checks run, and in which order."""

from __future__ import annotations

from typing import Any

import pytest

from registry_preflight import Check, Options
from registry_preflight.plan import PlanError, matches, ordered, plan

from .engine import make


def order(*checks: Check) -> list[str]:
    return [one.id for one in ordered({one.id: one for one in checks})]


def skipped(*checks: Check, **options: Any) -> dict[str, str]:
    """The reason by id of every check that won't run."""
    made = plan(
        ordered({one.id: one for one in checks}),
        family="s3",
        driver="s3aws",
        release="registry-2.8",
        options=Options(**options),
    )
    return {check.id: skip for check, skip in made if skip}


def concerned(check: Check) -> bool:
    return bool(plan((check,), family="s3", driver="s3aws", release="registry-2.8", options=Options()))


def test_a_check_comes_after_what_it_needs() -> None:
    assert order(make("a.a", needs=["b.b"]), make("b.b", needs=["c.c"]), make("c.c")) == ["c.c", "b.b", "a.a"]


def test_ties_go_by_id() -> None:
    assert order(make("b.b"), make("a.b"), make("a.a")) == ["a.a", "a.b", "b.b"]


def test_the_order_does_not_depend_on_the_order_of_loading() -> None:
    checks = [make("a.a", needs=["c.c"]), make("b.b"), make("c.c")]
    assert order(*checks) == order(*reversed(checks))


def test_a_circle_of_needs_is_refused() -> None:
    with pytest.raises(PlanError, match=r"circle: a\.a, b\.b"):
        order(make("a.a", needs=["b.b"]), make("b.b", needs=["a.a"]), make("c.c"))


def test_a_check_that_needs_itself_is_refused() -> None:
    with pytest.raises(PlanError, match="circle"):
        order(make("a.a", needs=["a.a"]))


def test_for_a_need_that_has_nothing_to_say_here_its_own_needs_stand_in() -> None:
    checks = ordered(
        {
            one.id: one
            for one in (
                make("a.a", needs=["b.b"]),
                make("b.b", needs=["c.c", "d.d"], releases=["registry-3.1"]),
                make("c.c"),
                make("d.d", drivers=["azure"]),
            )
        }
    )
    planned = plan(checks, family="s3", driver="s3aws", release="registry-2.8", options=Options())
    assert {check.id: check.needs for check, _ in planned} == {"a.a": ("c.c",), "c.c": ()}


def test_a_need_that_nobody_has_is_refused() -> None:
    with pytest.raises(PlanError, match=r"a\.a needs b\.b"):
        order(make("a.a", needs=["b.b"]))


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, True),
        ({"drivers": ["s3"]}, True),
        ({"drivers": ["s3aws"]}, True),
        ({"drivers": ["swift"]}, False),
        ({"releases": ["registry-2.8"]}, True),
        ({"releases": ["registry-3.1"]}, False),
        ({"drivers": ["s3"], "releases": ["registry-3.1"]}, False),
    ],
)
def test_a_check_is_planned_for_its_drivers_and_releases(facts: dict[str, Any], wanted: bool) -> None:
    assert concerned(make("a.a", **facts)) is wanted


@pytest.mark.parametrize(
    ("touches", "options", "skips"),
    [
        ("nothing", {"offline": True}, False),
        ("network", {"offline": True}, True),
        ("reads", {"offline": True}, True),
        ("writes", {"offline": True}, True),
        ("reads", {"read_only": True}, False),
        ("network", {"read_only": True}, False),
        ("writes", {"read_only": True}, True),
        ("writes", {}, False),
    ],
)
def test_what_a_check_touches_decides_whether_it_may_run(touches: str, options: dict[str, bool], skips: bool) -> None:
    assert bool(skipped(make("a.a", touches=touches), **options)) is skips


def test_skip_leaves_a_check_out() -> None:
    assert list(skipped(make("a.a"), make("a.b"), skip=("a.a",))) == ["a.a"]


def test_select_leaves_the_others_out() -> None:
    assert list(skipped(make("a.a"), make("a.b"), select=("a.a",))) == ["a.b"]


def test_select_takes_what_the_check_needs_along() -> None:
    checks = [make("a.a", needs=["b.b"]), make("b.b", needs=["c.c"]), make("c.c"), make("d.d")]
    assert list(skipped(*checks, select=("a.a",))) == ["d.d"]


def test_skip_wins_over_select() -> None:
    assert "a.a" in skipped(make("a.a"), select=("a.a",), skip=("a.a",))


@pytest.mark.parametrize("pattern", ["s3", "s3.", "s3.region", "old.name", "old"])
def test_an_id_an_old_id_or_a_prefix_means_a_check(pattern: str) -> None:
    assert matches(make("s3.region", aliases=["old.name"]), pattern)


@pytest.mark.parametrize("pattern", ["s", "s3.reg", "region", ".region", "S3", "s3.region.x", ""])
def test_anything_else_does_not(pattern: str) -> None:
    assert not matches(make("s3.region"), pattern)
