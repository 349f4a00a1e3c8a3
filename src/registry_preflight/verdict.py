"""Results to root causes, predictions and the verdict: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registry_preflight.check import DELETE, EVERY_STAGE, PULL, PUSH, START, Check, Severity, Stage
from registry_preflight.result import Outcome, Prediction, Result, Status, Verdict

_NEED_THE_START = (PUSH, PULL, DELETE)
_SILENT = (Status.SKIPPED, Status.BROKEN)


def root_causes(results: Sequence[Result]) -> tuple[str, ...]:
    """Ids of the checks that found blockers, those that break the earliest stage first.

    Of those that break the same, what breaks more stages comes first: where collection fails as well, the registry has
    not come to the settings that only serving needs.
    """

    def rank(result: Result) -> tuple[int, int]:
        stages = {EVERY_STAGE.index(stage) for finding in result.findings for stage in finding.breaks}
        return min(stages, default=len(EVERY_STAGE)), -len(stages)

    failed = [result for result in results if result.status is Status.FAILED]
    return tuple(result.id for result in sorted(failed, key=rank))


def predictions(checks: Mapping[str, Check], results: Sequence[Result]) -> dict[Stage, Prediction]:
    """Each stage's outcome. A stage works only if every check that bears on it ran and something has shown that it does."""
    found = [result for result in results if result.findings]
    silent = [result for result in results if result.reason or result.status in _SILENT]
    proven = frozenset().union(*(checks[result.id].proves for result in results))
    foretold = {stage: _predict(stage, checks, found, silent, proven) for stage in EVERY_STAGE}
    start = foretold[START]
    if start.outcome is not Outcome.WORKS:
        for stage in _NEED_THE_START:
            foretold[stage] = _without_start(start, foretold[stage])
    return foretold


def _without_start(start: Prediction, own: Prediction) -> Prediction:
    if start.outcome is Outcome.FAILS:
        because = (
            *start.because,
            *(id for id in own.because if own.outcome is Outcome.FAILS and id not in start.because),
        )
        return Prediction(Outcome.FAILS, because, "the registry does not start")
    return (
        own if own.outcome is Outcome.FAILS else Prediction(Outcome.UNKNOWN, start.because, own.reason or start.reason)
    )


def _predict(
    stage: Stage,
    checks: Mapping[str, Check],
    found: Sequence[Result],
    silent: Sequence[Result],
    proven: frozenset[Stage],
) -> Prediction:
    breaking = [result.id for result in found if any(stage in finding.breaks for finding in result.findings)]
    if breaking:
        return Prediction(Outcome.FAILS, tuple(breaking))
    quiet = [result for result in silent if _bears_on(checks[result.id], stage)]
    if quiet:
        return Prediction(Outcome.UNKNOWN, tuple(result.id for result in quiet), _first_reason(quiet))
    if stage not in proven:
        return Prediction(Outcome.UNKNOWN, (), f"no installed check can show that {stage.value} works with this driver")
    return Prediction(Outcome.WORKS)


def _bears_on(check: Check, stage: Stage) -> bool:
    return stage in check.stages or stage in check.proves


def _first_reason(silent: Sequence[Result]) -> str:
    """The reason worth showing: a check's own, before the user's wish, before that something else came first."""
    first = min(silent, key=lambda result: (bool(result.blocked_by), result.requested))
    return f"{first.id}: {first.reason}" if first.reason else f"{first.id} did not run"


def verdict(
    results: Sequence[Result],
    foretold: Mapping[Stage, Prediction],
    *,
    fail_on_warning: bool = False,
    offline: bool = False,
) -> Verdict:
    """Not ready for a blocker; undetermined for a stage that nobody can foretell, unless the user asked not to look."""
    severities = {finding.severity for result in results if result.findings for finding in result.findings}
    if Severity.BLOCKER in severities or (fail_on_warning and Severity.WARNING in severities):
        return Verdict.NOT_READY
    # A check that gave a reason did not run to its end, though it may have found something before it gave up.
    unsure = [result for result in results if result.reason or result.status in _SILENT]
    if any(result.status is Status.BROKEN for result in unsure):
        return Verdict.UNDETERMINED
    if any(not result.requested and not _only_by_request(result, results) for result in unsure):
        return Verdict.UNDETERMINED
    silent = {result.id: result for result in results if result.requested or result.blocked_by}
    for stage, prediction in foretold.items():
        # Offline nothing but the start can be known, and not even that where the network has a say in it.
        excused = offline and (
            stage is not START or (prediction.because and all(id in silent for id in prediction.because))
        )
        if prediction.outcome is Outcome.UNKNOWN and not excused:
            return Verdict.UNDETERMINED
    return Verdict.READY


def _only_by_request(result: Result, results: Sequence[Result]) -> bool:
    """Whether a check was held up by nothing but checks that the user left out."""
    blockers = [other for other in results if other.id in result.blocked_by]
    return bool(blockers) and all(
        other.requested or (other.status is Status.SKIPPED and _only_by_request(other, results)) for other in blockers
    )
