"""What happened in a run: frozen values that reports read and that compare by content."""

from __future__ import annotations

from collections.abc import Mapping

from registry_preflight.check import Finding, Stage
from registry_preflight.lean import NamedTuple, StrEnum


class Status(StrEnum):
    """How a check ended, derived from its findings and never set by it.

    `broken` means that the check itself crashed or ran out of time, which says nothing about the config.
    """

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    SKIPPED = "skipped"
    BROKEN = "broken"


class Outcome(StrEnum):
    """What a stage is foretold to do."""

    WORKS = "works"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """The answer of a whole run."""

    READY = "ready"
    NOT_READY = "not-ready"
    UNDETERMINED = "undetermined"


class Mode(StrEnum):
    """How far a run may go: write, only read, or send nothing."""

    FULL = "full"
    READ_ONLY = "read-only"
    OFFLINE = "offline"


class Result(NamedTuple):
    """One check's outcome. `started` and `seconds` are in seconds, the first counted from the start of the run."""

    id: str
    title: str
    status: Status
    seconds: float = 0.0
    reason: str = ""
    blocked_by: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    started: float = 0.0
    requested: bool = False  # skipped because the user asked for it (--offline, --read-only, --skip, --select)


class Prediction(NamedTuple):
    """A stage's outcome, the ids of the checks it follows from, and, where it is unknown, the reason."""

    outcome: Outcome
    because: tuple[str, ...] = ()
    reason: str = ""


class Origin(NamedTuple):
    """Where a value came from: `file` (line, column), `environment` (name) or `default`."""

    kind: str
    line: int | None = None
    column: int | None = None
    name: str | None = None


class EffectiveValue(NamedTuple):
    """A setting as the registry will see it. Secrets are masked already; `note` says what the release does with it."""

    path: str
    value: str | int | float | bool | None
    origin: Origin
    note: str = ""


class Plugin(NamedTuple):
    """A package that brought checks or reports; `error` says why it could not be loaded."""

    name: str
    version: str
    error: str = ""


class RunFacts(NamedTuple):
    """The circumstances of a run; `started` is ISO 8601 in UTC, `seconds` and `deadline` are in seconds."""

    id: str
    started: str
    seconds: float
    host: str
    target: str
    mode: Mode
    deadline: float
    options: Mapping[str, object]


class Requests(NamedTuple):
    """What the run sent and received over the network."""

    count: int = 0  # type: ignore[assignment]  # the contract names it so; nobody counts in a tuple of three
    bytes_sent: int = 0
    bytes_received: int = 0


class Chain(NamedTuple):
    """The longest chain of requests, each begun after the end of the one before: how many, and their seconds."""

    length: int = 0
    seconds: float = 0.0


class Report(NamedTuple):
    """Everything that a report format may show about one config. Results are in the order of the plan."""

    tool_version: str
    plugins: tuple[Plugin, ...]
    run: RunFacts
    source: str
    sha256: str
    driver: str
    effective: tuple[EffectiveValue, ...]
    verdict: Verdict
    predictions: Mapping[Stage, Prediction]
    results: tuple[Result, ...]
    root_causes: tuple[str, ...] = ()
    left_behind: tuple[str, ...] = ()
    requests: Requests = Requests()
    chain: Chain = Chain()

    def count(self, status: Status) -> int:
        """How many checks ended with this status."""
        return sum(result.status is status for result in self.results)
