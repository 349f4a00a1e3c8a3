"""The terminal: what it says, how wide, and that nothing hostile reaches it."""

from __future__ import annotations

import time
from unicodedata import category, combining, east_asian_width

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry_preflight import START, Outcome, Prediction, Report, Result, Status, Verdict, Where

from .conftest import Render
from .samples import REGION, every_report, found, hostile, not_ready, passed, ready, report, undetermined


def width(line: str) -> int:
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def with_excerpt(excerpt: str, column: int | None) -> Report:
    finding = REGION._replace(where=Where("storage", 7, column, None, excerpt))
    return report(found("a.b", "A", Status.FAILED, 0.0, 0.0, finding), verdict=Verdict.NOT_READY)


def block(text: str, first: str) -> list[str]:
    """The lines from the one that starts so to the next empty one."""
    lines = text.split("\n")
    start = next(index for index, line in enumerate(lines) if line.startswith(first))
    return lines[start : lines.index("", start)]


def test_verdict_is_the_first_line(render: Render) -> None:
    assert render("terminal", not_ready()).startswith("✗ Not ready: 2 blockers, 1 warning, 1 note\n")


def test_ready_is_said_in_one_word(render: Render) -> None:
    assert render("terminal", ready()).startswith("✓ Ready\n")


def test_ready_offline_promises_no_more_than_it_can_tell(render: Render) -> None:
    predictions = undetermined().predictions
    text = render("terminal", ready()._replace(predictions=predictions))
    assert text.startswith("✓ Ready, as far as it can be told offline\n")


def test_undetermined_says_what_is_missing(render: Render) -> None:
    assert render("terminal", undetermined()).startswith(
        "? Undetermined: no blocker found, 1 check broke, 1 check could not run\n"
    )


def test_standard_input_has_its_name(render: Render) -> None:
    assert "\n  standard input, driver s3, for registry-2.8, offline\n" in render("terminal", report(source="-"))


def test_five_stages_follow_the_verdict(render: Render) -> None:
    stages = [line.split()[1] for line in block(render("terminal", not_ready()), "  ✗ start")]
    assert stages == ["start", "push", "pull", "delete", "gc"]


def test_a_failing_stage_names_the_check(render: Render) -> None:
    assert "  ✗ start  fails   s3.region\n" in render("terminal", not_ready())


def test_a_stage_that_fails_with_the_start_says_so(render: Render) -> None:
    assert "  ✗ push   fails   because start fails\n" in render("terminal", not_ready())


def test_an_unknown_stage_has_its_reason(render: Render) -> None:
    assert "  ? push   unknown --offline: only a run with the network can tell\n" in render("terminal", undetermined())


def test_an_unknown_stage_does_not_list_every_check(render: Render) -> None:
    many = Prediction(Outcome.UNKNOWN, tuple(f"s3.fact-{number}" for number in range(40)), "s3.fact-0: --offline")
    text = render("terminal", report(predictions={**ready().predictions, START: many}))
    assert "  ? start  unknown s3.fact-0: --offline, and 39 more checks\n" in text


def test_root_causes_come_before_the_rest(render: Render) -> None:
    text = render("terminal", not_ready())
    assert text.index("Why start fails: the root cause") < text.index("Warnings") < text.index("Notes")


def test_a_finding_says_what_why_fix_and_where(render: Render) -> None:
    lines = block(render("terminal", not_ready()), "Why start fails")
    assert [line[:7] for line in lines if line[4:8].strip() in ("Why", "Fix", "At")] == [
        "    Why",
        "    Fix",
        "    At ",
    ]


def test_the_offending_line_is_shown_with_a_caret(render: Render) -> None:
    shown = "        6 |     region: us-east-11\n          |             ^\n"
    assert shown in render("terminal", not_ready())


def test_the_caret_stays_under_a_wide_character(render: Render) -> None:
    text = render("terminal", with_excerpt("記録: x", 5))
    assert "        7 | 記録: x\n          |       ^\n" in text


def test_a_tab_is_spelt_out_and_moves_the_caret(render: Render) -> None:
    assert "        7 | \\ta: b\n          |   ^\n" in render("terminal", with_excerpt("\ta: b", 2))


def test_a_long_line_is_cut_around_its_column(render: Render) -> None:
    lines = block(render("terminal", with_excerpt("x" * 500 + "HERE" + "y" * 500, 501)), "Why start")
    shown, caret = next((lines[index], lines[index + 1]) for index, line in enumerate(lines) if "HERE" in line)
    assert shown.index("HERE") == caret.index("^")


def test_a_line_of_a_megabyte_costs_nothing(render: Render) -> None:
    line = with_excerpt("ü" * 1_000_000, 500_000)
    begun = time.process_time()
    render("terminal", line)
    assert time.process_time() - begun < 0.1


def test_a_finding_names_its_stages_and_releases(render: Render) -> None:
    assert "check s3.region; breaks start and gc; holds in registry-2.5, 2.7 and 2.8" in render("terminal", not_ready())


def test_checks_blocked_by_a_root_cause_are_summed_up_under_it(render: Render) -> None:
    text = " ".join(render("terminal", not_ready()).split())
    assert "3 checks could not run because of this: s3.credentials, s3.bucket, s3.write-object" in text


def test_checks_that_block_each_other_end(render: Render) -> None:
    circle = (
        Result("a.a", "A", Status.SKIPPED, blocked_by=("a.b",), reason="first"),
        Result("a.b", "B", Status.SKIPPED, blocked_by=("a.a",), reason="second"),
    )
    assert "1 skipped, first: a.a" in render("terminal", report(*circle))


def test_evidence_is_shown(render: Render) -> None:
    assert "     >  statvfs: 812,646 free blocks of 4,096 bytes\n" in render("terminal", not_ready())


def test_much_evidence_is_cut(render: Render) -> None:
    finding = REGION._replace(evidence=tuple(f"line {number}" for number in range(9)))
    text = render("terminal", report(found("a.b", "A", Status.FAILED, 0.0, 0.0, finding)))
    assert "     >  line 3\n        and 5 more lines\n" in text


def test_a_fix_of_several_lines_keeps_them(render: Render) -> None:
    text = render("terminal", report(found("a.b", "A", Status.FAILED, 0.0, 0.0, REGION._replace(fix="Run\nthis"))))
    assert "    Fix Run\n        this\n" in text


def test_counts_are_told(render: Render) -> None:
    assert "  25 passed, 1 warned, 2 failed, 4 skipped, 1 broken, in 0.64 s\n" in render("terminal", not_ready())


def test_skipped_checks_are_told_with_their_reason(render: Render) -> None:
    assert "  1 skipped, --offline: clock.skew\n" in render("terminal", not_ready())


def test_a_broken_check_is_told_with_its_reason(render: Render) -> None:
    assert "  ? tls.chain broke: ran out of its 0.6 s\n" in render("terminal", not_ready())


def test_what_was_left_behind_is_told(render: Render) -> None:
    assert "docker/registry/v2/repositories/registry-preflight-b7k2m9/_uploads/1\n" in render("terminal", not_ready())


def test_a_plugin_that_could_not_be_loaded_is_named(render: Render) -> None:
    assert "plugin acme-checks could not be loaded: ImportError" in render("terminal", not_ready())


def test_a_waived_blocker_is_no_reason_for_a_stage(render: Render) -> None:
    waived = REGION._replace(waived={"reason": "a private region"})
    text = render("terminal", report(found("a.b", "A", Status.FAILED, 0.0, 0.0, waived)))
    assert "Waived\n" in text and "Why start fails" not in text


@pytest.mark.parametrize("columns", [40, 80, 132])
@pytest.mark.parametrize("sample", every_report(), ids=["ready", "not-ready", "undetermined", "hostile"])
def test_no_line_is_wider_than_the_terminal(render: Render, sample: Report, columns: int) -> None:
    assert max(map(width, render("terminal", sample, width=columns).split("\n"))) <= columns


def test_several_configs_are_no_wider_either(render: Render) -> None:
    assert max(map(width, render("terminal", *every_report()).split("\n"))) <= 80


def test_no_escape_code_without_colour(render: Render) -> None:
    assert "\x1b" not in render("terminal", *every_report())


def test_colour_is_used_when_asked_for(render: Render) -> None:
    assert render("terminal", not_ready(), color=True).startswith("\x1b[31m✗\x1b[0m \x1b[1;31mNot ready")


def test_colour_changes_no_word(render: Render) -> None:
    import re

    coloured = render("terminal", not_ready(), color=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == render("terminal", not_ready())


@pytest.mark.parametrize("view", [{}, {"quiet": True}, {"many": True}], ids=["full", "quiet", "many"])
def test_hostile_text_moves_no_cursor(render: Render, view: dict[str, object]) -> None:
    text = render("terminal", hostile(), **view)
    assert {letter for letter in text if category(letter) in ("Cc", "Cf", "Zl", "Zp", "Cs")} == {"\n"}


def test_without_unicode_all_is_ascii(render: Render) -> None:
    assert all(render("terminal", sample, unicode=False).isascii() for sample in every_report())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400), column=st.integers(1, 500))
def test_any_text_fits_and_is_harmless(render: Render, text: str, column: int) -> None:
    finding = REGION._replace(what=text, why=text, fix=text, where=Where(text, 1, column, text, text), evidence=(text,))
    shown = render("terminal", report(found("a.b", text, Status.FAILED, 0.0, 0.0, finding), source=text))
    lines = [line.rstrip("^ ") for line in shown.split("\n")]  # a column may lie past the end of the line
    assert max(map(width, lines)) <= 80
    assert all(category(letter) not in ("Cc", "Cf", "Zl", "Zp", "Cs") for line in lines for letter in line)


def test_quiet_is_one_line_when_ready(render: Render) -> None:
    assert render("terminal", ready(), quiet=True) == "ready: ready.yml for registry-2.8\n"


def test_quiet_is_one_line_for_each_blocker(render: Render) -> None:
    assert [line.split(":")[0].strip() for line in render("terminal", not_ready(), quiet=True).splitlines()] == [
        "not ready",
        "s3.region",
        "disk.free-space",
    ]


def test_a_ready_config_among_several_is_one_line(render: Render) -> None:
    assert render("terminal", ready(), not_ready()).startswith("✓ ready: ready.yml\n✗ not ready: storage.yml")


def test_several_configs_end_with_a_tally(render: Render) -> None:
    text = render("terminal", ready(), not_ready(), undetermined())
    assert text.endswith("\n\n3 configs for registry-2.8: 1 ready, 1 not ready, 1 undetermined\n")


def test_one_report_of_several_configs_has_a_tally_too(render: Render) -> None:
    assert render("terminal", ready(), many=True).endswith("1 config for registry-2.8: 1 ready\n")


def test_a_blocker_of_one_config_among_several_has_its_fix(render: Render) -> None:
    assert "    Fix Write a region of the list" in render("terminal", ready(), not_ready())


def test_ready_configs_are_quick(render: Render) -> None:
    sample = report(*(passed(number) for number in range(100)))
    begun = time.process_time()
    render("terminal", *[sample] * 2000)
    assert (time.process_time() - begun) / 2000 < 0.00015


def test_it_is_the_same_each_time(render: Render) -> None:
    assert render("terminal", *every_report()) == render("terminal", *every_report())
