"""In which order a report is told: what matters most first, what only follows from it under it."""

from __future__ import annotations

from collections.abc import Mapping

from registry_preflight import (
    EVERY_STAGE,
    START,
    Finding,
    Mode,
    NamedTuple,
    Outcome,
    Report,
    Result,
    Severity,
    Stage,
    Status,
    Verdict,
)

from .text import count, listed

VERDICT_WORDS = {Verdict.READY: "ready", Verdict.NOT_READY: "not ready", Verdict.UNDETERMINED: "undetermined"}
#: The order in which a reader looks for the checks.
STATUS_ORDER = (Status.FAILED, Status.BROKEN, Status.WARNED, Status.SKIPPED, Status.PASSED)


class Told(NamedTuple):
    """A finding with its check. `blocks` are the checks that could not run because of it."""

    result: Result
    finding: Finding
    root: bool
    blocks: tuple[str, ...]


class Chapter(NamedTuple):
    """Findings that belong together, under one heading. `key` is short and fixed, for anchors."""

    key: str
    title: str
    told: tuple[Told, ...]


def chapters(report: Report) -> list[Chapter]:
    """Every finding once: root causes by the first stage that they break, what follows from them, warnings, notes."""
    blocks = blocked(report)
    gathered: dict[tuple[int, str, str], list[Told]] = {}
    for result in report.results:
        root = result.id in report.root_causes
        for finding in result.findings:
            # One finding of a check is enough to carry the list of what it blocks.
            told = Told(result, finding, root, blocks.pop(result.id, ()))
            gathered.setdefault(_chapter(told, bool(report.root_causes)), []).append(told)
    return [Chapter(key, title, tuple(gathered[rank, key, title])) for rank, key, title in sorted(gathered)]


def _chapter(told: Told, roots_are_known: bool) -> tuple[int, str, str]:
    """Rank, key and title of the chapter that a finding belongs to."""
    finding = told.finding
    if finding.waived is not None:
        return 14, "waived", "Waived"
    if finding.severity is Severity.WARNING:
        return 12, "warnings", "Warnings"
    if finding.severity is Severity.NOTE:
        return 13, "notes", "Notes"
    if roots_are_known and not told.root:
        return 11, "follows", "Follows from the above"
    for rank, stage in enumerate(EVERY_STAGE):
        if stage in finding.breaks:
            return rank, f"breaks-{stage}", f"Why {stage} fails"
    return 10, "policy", "Must not go live, though it breaks no stage"


def blocked(report: Report) -> dict[str, tuple[str, ...]]:
    """The checks that could not run, by the check that is to blame in the end."""
    skipped = {result.id: result for result in report.results if result.status is Status.SKIPPED and result.blocked_by}
    by_cause: dict[str, list[str]] = {}
    for id in skipped:
        for cause in _causes(id, skipped):
            by_cause.setdefault(cause, []).append(id)
    return {cause: tuple(ids) for cause, ids in by_cause.items()}


def _causes(id: str, skipped: Mapping[str, Result]) -> list[str]:
    """Follow `blocked_by` up to the checks that ran; a circle ends where it began."""
    seen: dict[str, None] = {}
    waiting = list(reversed(skipped[id].blocked_by))
    while waiting:
        cause = waiting.pop()
        if cause not in seen:
            seen[cause] = None
            waiting += reversed(skipped[cause].blocked_by if cause in skipped else ())
    return [cause for cause in seen if cause not in skipped]


def severities(report: Report) -> dict[Severity, int]:
    """How many findings there are of each severity, without those that are waived."""
    tally = dict.fromkeys(Severity, 0)
    for result in report.results:
        if result.findings:
            for finding in result.findings:
                if finding.waived is None:
                    tally[finding.severity] += 1
    return tally


def tally(report: Report) -> str:
    """`2 blockers, 1 warning`, or why there is no verdict; empty where there is nothing to say."""
    found = severities(report)
    parts = [count(number, severity.value) for severity, number in found.items() if number]
    if report.verdict is Verdict.UNDETERMINED:
        broken, unmet = report.count(Status.BROKEN), len(unrequested(report))
        parts = ["no blocker found"] if not found[Severity.BLOCKER] else []
        parts += [f"{count(broken, 'check')} broke"] if broken else []
        parts += [f"{count(unmet, 'check')} could not run"] if unmet else []
        parts += [count(found[Severity.WARNING], "warning")] if found[Severity.WARNING] else []
    return ", ".join(parts)


def unrequested(report: Report) -> list[Result]:
    """The checks that were skipped though the user did not ask for it."""
    return [result for result in report.results if result.status is Status.SKIPPED and not result.requested]


def stage_reason(report: Report, stage: Stage) -> tuple[str, tuple[str, ...]]:
    """Why a stage fails or is unknown: in words, and by checks. Both may be empty."""
    prediction, start = report.predictions[stage], report.predictions[START]
    if prediction.outcome is Outcome.UNKNOWN and prediction.reason:
        # The reason is one check's, the list may hold every check of the driver.
        others = len(prediction.because) - 1
        return prediction.reason + (f", and {count(others, 'more check')}" if others > 0 else ""), ()
    follows = stage not in (START, Stage.GC) and prediction.outcome is Outcome.FAILS is start.outcome
    if follows and set(prediction.because) <= set(start.because):
        return prediction.reason or "because start fails", ()
    return prediction.reason, prediction.because


def limits(report: Report) -> str:
    """What the word `ready` does not promise; empty where nothing is open."""
    unknown = any(prediction.outcome is Outcome.UNKNOWN for prediction in report.predictions.values())
    if report.verdict is not Verdict.READY or not unknown:
        return ""
    return "as far as it can be told offline" if report.run.mode is Mode.OFFLINE else "as far as it can be told"


def source(report: Report) -> str:
    """The file, or what `-` means."""
    return "standard input" if report.source == "-" else report.source


def place(report: Report, finding: Finding) -> str:
    """Where a finding is, in words: path in the config, line and column, or environment variable."""
    where = finding.where
    spot = f"{source(report)}:{where.line}" + (f":{where.column}" if where.column else "") if where.line else ""
    variable = f"environment variable {where.variable}" if where.variable else ""
    return ", ".join(part for part in (spot, variable, where.path) if part)


def skipped_by_reason(report: Report) -> dict[str, list[str]]:
    """The ids of the skipped checks, by reason or by the check that is to blame, the most frequent first."""
    skipped = {result.id: result for result in report.results if result.status is Status.SKIPPED}
    blockable = {id: result for id, result in skipped.items() if result.blocked_by}
    reasons: dict[str, list[str]] = {}
    for id, result in skipped.items():
        causes = _causes(id, blockable) if result.blocked_by else []
        reason = f"because of {listed(causes)}" if causes else result.reason or "no reason given"
        reasons.setdefault(reason, []).append(id)
    return dict(sorted(reasons.items(), key=lambda item: -len(item[1])))
