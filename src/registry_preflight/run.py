"""Runs a plan: what is independent at the same time, each check and the whole within a deadline, a crash as `broken`.

This is the one place that catches everything: a check is code of others, and whatever it raises says nothing about the
config.
"""

from __future__ import annotations

import os
import time
from _thread import allocate_lock  # threading itself is only imported where threads are started
from collections.abc import Callable, Iterator, Sequence

from registry_preflight.check import EVERY_STAGE, START, CannotTell, Check, Finding, NeedsNetwork, Severity, Touches
from registry_preflight.config.effective import Config
from registry_preflight.deferred import real
from registry_preflight.evidence import shortened
from registry_preflight.lean import TYPE_CHECKING, Any, NamedTuple
from registry_preflight.plan import Planned
from registry_preflight.result import Chain, Requests, Result, Status

if TYPE_CHECKING:
    from registry_preflight.ledger import Ledger
    from registry_preflight.storage.meter import Meter

#: Seconds that one check may take, where the run's deadline leaves it that much.
CHECK_DEADLINE = 30.0
_UNMET = {Status.FAILED: "failed", Status.SKIPPED: "did not run", Status.BROKEN: "broke"}


class Crash(NamedTuple):
    """What a piece of foreign code raised: its kind and its text on one line."""

    kind: str
    text: str

    def __str__(self) -> str:
        return shortened(f"{self.kind}: {self.text}") if self.text else self.kind

    @classmethod
    def of(cls, error: BaseException) -> Crash:
        try:
            text = str(error)
        except Exception:  # an exception that can't even be printed
            text = ""
        return cls(type(error).__name__, " ".join(text.split()))


def attempt(work: Callable[[], Any]) -> tuple[Any, Crash | None]:
    """What `work` returns, or how it crashed. `CannotTell` passes: it is an answer."""
    try:
        return work(), None
    except CannotTell:
        raise
    except (Exception, SystemExit) as error:
        return None, Crash.of(error)


class OutOfTime(BaseException):
    """Raised into a check that is still computing at the run's deadline; nothing that it catches is meant to stop this."""


class Handles:
    """The handles of one run, each made when the first check asks for it and shared by the others."""

    def __init__(self, config: Config, ledger: Ledger | None, run_id: str) -> None:
        self._config = config
        self._ledger = ledger
        self._run_id = run_id
        self._made: dict[type[Any], Any] = {}
        self._lock = allocate_lock()

    def call(self, check: Check) -> Iterator[Finding]:
        """Run a check's function on what it asks for."""
        check = real(check)
        return check.function(self._config if check.storage is None else self._give(check))

    def close(self) -> None:
        """Let go of what the handles hold."""
        for handle in self._made.values():
            if hasattr(handle, "close"):
                handle.close()

    def requests(self) -> Requests:
        """What the handles sent and received, those that have a meter."""
        meters = self._meters()
        return Requests(*(sum(getattr(meter, name) for meter in meters) for name in Requests._fields))

    def chain(self) -> Chain:
        """The longest chain of requests, each begun after the end of the one before."""
        requests = [one for meter in self._meters() for one in meter.requests]
        if not requests:
            return Chain()
        from registry_preflight.storage.meter import longest_chain

        return Chain(*longest_chain(requests))

    def _meters(self) -> list[Meter]:
        return [handle.meter for handle in self._made.values() if hasattr(handle, "meter")]

    def _give(self, check: Check) -> object:
        """The handle that a check names."""
        assert check.storage is not None
        with self._lock:
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
        self._away: list[Check] = []
        self._present = config.present
        self.abandoned = False
        #: Told, whenever it changes, how many checks are settled and which are under way outside this thread.
        self.watch: Callable[[int, tuple[str, ...]], None] = lambda settled, under_way: None
        self._inside = False
        self._late = False
        self._troubled = False  # a check failed or did not run, so that those which need it can't

    def results(self) -> tuple[Result, ...]:
        """Run everything and answer one result for each check of the plan."""
        pending = iter(foreseen(self._planned, self._present))
        while not self._through(pending):
            self._late = True
        if not self._away:
            return tuple(self._results.values())
        from registry_preflight.concurrency import run_away

        self.abandoned = run_away(self._away, self._execute, self._unasked, self._results, self._until, self.watch)
        return tuple(self._results[check.id] for check, _ in self._planned)

    def close(self) -> None:
        """Let go of connections and helpers, once everything is removed that they were used to create."""
        self._handles.close()

    def requests(self) -> Requests:
        """What the run has sent and received until now."""
        return self._handles.requests()

    def chain(self) -> Chain:
        """The longest chain of requests that waited for each other."""
        return self._handles.chain()

    def _through(self, pending: Iterator[tuple[Check, Result | None]]) -> bool:
        """Run what is left of the plan in this thread, where only an alarm can end a check: see `ring`.

        Answers whether it came to the end of the plan; the check that the alarm ended is settled as broken.
        """
        results, away = self._results, self._away
        check: Check | None = None
        try:
            self._inside = True
            for check, ready in pending:
                if ready is not None and (ready.requested or not (self._troubled or away)):
                    results[check.id] = ready
                elif (ready is None and check.touches is not Touches.NOTHING) or (
                    away and any(need not in results for need in check.needs)
                ):
                    away.append(check)
                else:
                    result = self._unasked(check) or (self._too_late(check) if self._late else self._execute(check))
                    results[check.id] = result
                    if result.status in _UNMET:
                        self._troubled = True
            self._inside = False
        except OutOfTime:
            self._inside = False
            if check is not None and check.id not in results:
                results[check.id] = self._too_late(check, "it did not finish in time")
                self._troubled = True
            return False
        return True

    def _too_late(self, check: Check, reason: str = "the run's deadline had passed") -> Result:
        return Result(check.id, check.title, Status.BROKEN, reason=reason, started=self._now())

    def seconds_left(self) -> float:
        """Until the deadline."""
        return self._until - time.perf_counter()

    def ring(self, signum: int, frame: object) -> None:
        """A signal handler for the run's deadline: ends the check that runs in the main thread, if one does.

        The process's signals are not ours to take, so whoever owns the process sets this up.
        """
        if self._inside:
            raise OutOfTime
        self._late = True

    def _unasked(self, check: Check) -> Result | None:
        """The result of a check that need not run: what it needs is not there, or what it looks at."""
        results = self._results
        for need in check.needs:
            if results[need].status in _UNMET:
                break
        else:
            if check.when and self._present.isdisjoint(check.when):
                return Result(check.id, check.title, Status.PASSED)
            return None
        unmet = [need for need in check.needs if results[need].status in _UNMET]
        first = results[unmet[0]]
        reason = f"because {first.id} {_UNMET[first.status]}"
        return Result(check.id, check.title, Status.SKIPPED, 0.0, reason, tuple(unmet), started=self._now())

    def _now(self) -> float:
        return time.perf_counter() - self._began

    def _execute(self, check: Check) -> Result:
        started = time.perf_counter() - self._began
        findings: list[Finding] = []
        said, requested = "", False
        try:
            findings.extend(self._handles.call(check))
        except CannotTell as reason:  # what was found before stands
            said = str(reason)
            requested = isinstance(reason, NeedsNetwork) and self._config.options.offline
        except (Exception, SystemExit) as error:  # the check's own fault, whatever it is: see the module's docstring
            return self._broken(check, error, started)
        if not findings and not said:
            return Result(
                check.id, check.title, Status.PASSED, time.perf_counter() - self._began - started, "", (), (), started
            )
        try:
            shown = tuple(self._shown(found) for found in findings)
        except Exception as error:  # what it yielded are no findings
            return self._broken(check, error, started)
        status = status_of(shown) if shown else Status.SKIPPED
        said = self._config.secrets.mask(said)
        return Result(check.id, check.title, status, self._now() - started, said, (), shown, started, requested)

    def _broken(self, check: Check, error: BaseException, started: float) -> Result:
        crash = Crash.of(error)
        crash = crash._replace(
            text=self._config.secrets.mask(crash.text)
        )  # before it is cut: half a secret is one, too
        said = f"the check crashed: {crash}"
        return Result(check.id, check.title, Status.BROKEN, self._now() - started, said, started=started)

    def _shown(self, found: Finding) -> Finding:
        """A finding as it may leave the run: its place filled in, every secret masked."""
        mask = self._config.secrets.mask
        where = self._config.resolve(found.where)
        if _ALL_BUT_START.issubset(found.breaks) and self._config.starts_with_a_request:
            found = found._replace(breaks=EVERY_STAGE)
        return found._replace(
            what=mask(found.what),
            why=mask(found.why),
            fix=mask(found.fix),
            evidence=tuple(shortened(mask(line)) for line in found.evidence),
            where=where._replace(path=mask(where.path)) if where.path else where,
        )


#: What fails where no request to the storage succeeds.
_ALL_BUT_START = frozenset(EVERY_STAGE) - {START}
_Foreseen = tuple[tuple[Check, "Result | None"], ...]
_FORESEEN: dict[tuple[int, frozenset[str]], tuple[Sequence[Planned], _Foreseen]] = {}
_MOST_FORESEEN = 512


def foreseen(planned: Sequence[Planned], present: frozenset[str]) -> _Foreseen:
    """The checks of a plan, each with its result where that is known before anything runs.

    That is so where the user left it out, or where the config has nothing that it looks at. Configs of a kind have much
    the same settings, and a gate may have thousands of them, so the answer is kept.
    """
    key = (id(planned), present)
    if key not in _FORESEEN:
        if len(_FORESEEN) >= _MOST_FORESEEN:
            _FORESEEN.clear()
        left_out = {check.id for check, skip in planned if skip}
        made = tuple((check, _foresee(check, skip, present, left_out)) for check, skip in planned)
        _FORESEEN[key] = (planned, made)  # the plan itself keeps its identity from being given to another
    return _FORESEEN[key][1]


def _foresee(check: Check, skip: str, present: frozenset[str], left_out: set[str]) -> Result | None:
    if check.when and present.isdisjoint(check.when):
        return None if left_out.intersection(check.needs) else Result(check.id, check.title, Status.PASSED)
    return Result(check.id, check.title, Status.SKIPPED, reason=skip, requested=True) if skip else None


def status_of(findings: Sequence[Finding]) -> Status:
    """A check's status: failed for a blocker, warned for a warning, passed where there is no more than a note."""
    severities = {finding.severity for finding in findings}
    if Severity.BLOCKER in severities:
        return Status.FAILED
    return Status.WARNED if Severity.WARNING in severities else Status.PASSED
