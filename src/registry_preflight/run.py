"""Runs a plan: what is independent at the same time, each check and the whole within a deadline, a crash as `broken`.

This is the one place that catches everything: a check is code of others, and whatever it raises says nothing about the
config.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from registry_preflight.check import CannotTell, Check, Finding, NeedsNetwork, Severity, Touches
from registry_preflight.config.effective import Config
from registry_preflight.deferred import real
from registry_preflight.plan import Planned
from registry_preflight.result import Result, Status

if TYPE_CHECKING:
    from registry_preflight.ledger import Ledger

#: Seconds that one check may take, where the run's deadline leaves it that much.
CHECK_DEADLINE = 30.0
_POLL = 0.05


class Crash(NamedTuple):
    """What a piece of foreign code raised: its kind and its text on one line."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}" if self.text else self.kind


def attempt(work: Callable[[], Any]) -> tuple[Any, Crash | None]:
    """What `work` returns, or how it crashed. `CannotTell` passes: it is an answer."""
    try:
        return work(), None
    except CannotTell:
        raise
    except Exception as error:
        return None, Crash(type(error).__name__, " ".join(str(error).split())[:500])


class Handles:
    """The handles of one run, each made when the first check asks for it and shared by the others."""

    def __init__(self, config: Config, ledger: Ledger | None, run_id: str) -> None:
        self._config = config
        self._ledger = ledger
        self._run_id = run_id
        self._made: dict[type[Any], Any] = {}

    def call(self, check: Check) -> tuple[Finding, ...]:
        """Run a check's function on what it asks for."""
        check = real(check)
        return tuple(check.function(self._give(check)))

    def _give(self, check: Check) -> object:
        """What the check's function gets: the config, or the handle that it names."""
        if check.storage is None:
            return self._config
        if check.storage not in self._made:
            self._made[check.storage] = check.storage(self._config, self._ledger, self._run_id)
        return self._made[check.storage]


def new_run_id() -> str:
    """A name for a run: the time, so that leftovers can be dated, and chance, so that runs don't meet."""
    return f"{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{os.urandom(4).hex()}"


class Run:
    """One run over one config. Results are in the order of the plan."""

    def __init__(self, config: Config, planned: Sequence[Planned], ledger: Ledger | None, run_id: str) -> None:
        self._config = config
        self._planned = planned
        self._handles = Handles(config, ledger, run_id)
        self._began = time.perf_counter()
        self._until = self._began + config.options.deadline
        self._results: dict[str, Result] = {}
        self.abandoned = False

    def results(self) -> tuple[Result, ...]:
        """Run everything and answer one result for each check of the plan."""
        away: list[Check] = []
        for check, skip in self._planned:
            if skip:
                self._results[check.id] = Result(check.id, check.title, Status.SKIPPED, reason=skip, requested=True)
            elif check.touches is Touches.NOTHING and all(need in self._results for need in check.needs):
                self._settle(check, lambda check=check: self._execute(check))
            else:
                away.append(check)
        if away:
            from registry_preflight.concurrency import run_away

            self.abandoned = run_away(away, self._execute, self._settle_with, self._blocked, self._results, self._until)
        return tuple(self._results[check.id] for check, _ in self._planned)

    def _settle(self, check: Check, work: Callable[[], Result]) -> None:
        self._results[check.id] = self._blocked(check) or self._unconcerned(check) or work()

    def _unconcerned(self, check: Check) -> Result | None:
        """The result of a check whose settings the config does not have."""
        if not check.when or not self._config.present.isdisjoint(check.when):
            return None
        return Result(check.id, check.title, Status.PASSED, started=self._now())

    def _settle_with(self, result: Result) -> None:
        self._results[result.id] = result

    def _blocked(self, check: Check) -> Result | None:
        """The result of a check whose needs were not met."""
        unmet = tuple(need for need in check.needs if self._results[need].status in (Status.FAILED, Status.SKIPPED, Status.BROKEN))
        if not unmet:
            return None
        first = self._results[unmet[0]]
        how = {Status.FAILED: "failed", Status.SKIPPED: "did not run", Status.BROKEN: "broke"}[first.status]
        return Result(check.id, check.title, Status.SKIPPED, reason=f"because {first.id} {how}", blocked_by=unmet, started=self._now())

    def _now(self) -> float:
        return time.perf_counter() - self._began

    def _execute(self, check: Check) -> Result:
        started = self._now()
        try:
            findings, crash = attempt(lambda: tuple(self._shown(found) for found in self._handles.call(check)))
        except CannotTell as reason:
            by_request = isinstance(reason, NeedsNetwork) and self._config.options.offline
            seconds, said = self._now() - started, self._config.secrets.mask(str(reason))
            return Result(check.id, check.title, Status.SKIPPED, seconds, said, started=started, requested=by_request)
        seconds = self._now() - started
        if crash is not None:
            return Result(check.id, check.title, Status.BROKEN, seconds, f"the check crashed: {self._config.secrets.mask(str(crash))}", started=started)
        return Result(check.id, check.title, status_of(findings), seconds, findings=findings, started=started)

    def _shown(self, found: Finding) -> Finding:
        """A finding as it may leave the run: its place filled in, every secret masked."""
        mask = self._config.secrets.mask
        where = self._config.resolve(found.where)
        return found._replace(
            what=mask(found.what),
            why=mask(found.why),
            fix=mask(found.fix),
            evidence=tuple(mask(line) for line in found.evidence),
            where=where._replace(path=mask(where.path)) if where.path else where,
        )


def status_of(findings: Sequence[Finding]) -> Status:
    """A check's status: failed for a blocker, warned for a warning, passed where there is no more than a note."""
    severities = {finding.severity for finding in findings}
    if Severity.BLOCKER in severities:
        return Status.FAILED
    return Status.WARNED if Severity.WARNING in severities else Status.PASSED


def checks_by_id(planned: Sequence[Planned]) -> Mapping[str, Check]:
    """The plan's checks by id."""
    return {check.id: check for check, _ in planned}
