"""What a check is and what it says: the vocabulary that authors of checks write in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from registry_preflight.evidence import as_evidence
from registry_preflight.lean import Any, NamedTuple, StrEnum


class Stage(StrEnum):
    """A thing that a registry does with its storage, in the order in which an operator meets it."""

    START = "start"
    PUSH = "push"
    PULL = "pull"
    DELETE = "delete"
    GC = "gc"


START, PUSH, PULL, DELETE, GC = Stage
EVERY_STAGE: tuple[Stage, ...] = tuple(Stage)
#: What a parameter of the storage driver breaks when the driver refuses it: `serve` builds the driver, and so does
#: `garbage-collect`. The other stages fail with the start.
DRIVER_STAGES: tuple[Stage, ...] = (START, GC)


class Severity(StrEnum):
    """How much a finding weighs: a blocker decides the verdict, a warning only under `--fail-on warning`."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"


class Touches(StrEnum):
    """What a check reaches: nothing but the config, the network, the storage for reading, or for writing."""

    NOTHING = "nothing"
    NETWORK = "network"
    READS = "reads"
    WRITES = "writes"


class Where(NamedTuple):
    """A place: a path in the config, with line and column (both from 1) in the file, or an environment variable.

    `excerpt` is the offending line of the file, secrets masked; `caret` is the column in it, where masking has moved it.
    """

    path: str = ""
    line: int | None = None
    column: int | None = None
    variable: str | None = None
    excerpt: str | None = None
    caret: int | None = None


class Finding(NamedTuple):
    """One thing that is not as it should be. `where` may be a dotted config path: the run fills in line and column.

    `breaks` are the stages that fail because of it; `releases` those it holds for (names such as `registry-2.8`;
    empty: for every release that reads the setting). `waived` is what a waiver says of it, where one covers it.
    """

    severity: Severity
    what: str
    why: str
    fix: str
    where: Where = Where()
    breaks: tuple[Stage, ...] = ()
    evidence: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    waived: Mapping[str, str] | None = None


class CannotTell(Exception):
    """Raised by a check that could not decide; the reason is shown and the stages it bears on become unknown."""


class NeedsNetwork(CannotTell):
    """Raised by a check that only the network could answer. Under `--offline` that is what the user asked for."""


CheckFunction = Callable[..., Iterator[Finding]]


class Check(NamedTuple):
    """A check as the engine sees it. `stages` become unknown if it does not run; `proves` those that a pass shows to work."""

    id: str
    title: str
    page: str
    function: CheckFunction
    storage: type[Any] | None
    needs: tuple[str, ...]
    touches: Touches
    drivers: tuple[str, ...]
    releases: tuple[str, ...]
    stages: tuple[Stage, ...]
    proves: tuple[Stage, ...]
    aliases: tuple[str, ...]
    when: tuple[str, ...] = ()
    plugin: str = ""


def check(
    id: str,
    *,
    storage: type[Any] | None = None,
    needs: Sequence[str] = ("config.yaml",),
    touches: str = "nothing",
    drivers: Sequence[str] = (),
    releases: Sequence[str] = (),
    stages: Sequence[Stage] = (),
    proves: Sequence[Stage] = (),
    aliases: Sequence[str] = (),
    when: Sequence[str] = (),
) -> Callable[[CheckFunction], Check]:
    """Make a check of a function that yields findings.

    The function gets the config (`Config`), or, where `storage` names a handle, that handle. Its docstring's first
    line is the title, a positive fact; the rest is the page that `explain` shows.

    `drivers` and `releases` limit it to those (empty: all). `stages` are those that its result bears on: where it
    cannot run, they are unknown. `proves` are those that are known to work only once it has passed.

    `when` names settings (`auth.htpasswd`, `storage.*.v4auth` for a parameter of whatever driver) or variables
    (`$AWS_CA_BUNDLE`, `$REGISTRY_*`, `$*` for any) or what the reading of the config has noted (`!type`, `!unread`: see
    config/signs.py): where the config has none of them, there is nothing to find, and the check passes unasked.

    Raises `ValueError` for an id that is not `area.fact`, or a function without a docstring.
    """

    def make(function: CheckFunction) -> Check:
        title, page = _words_of(id, function)
        return Check(
            id=id, title=title, page=page, function=function, storage=storage, needs=tuple(needs),
            touches=Touches(touches), drivers=tuple(drivers), releases=tuple(releases), stages=tuple(stages),
            proves=tuple(proves), aliases=tuple(aliases), when=tuple(when),
        )  # fmt: skip

    return make


def _words_of(id: str, function: CheckFunction) -> tuple[str, str]:
    """The title and the page of a check. Raises `ValueError` for a check without them, or with another kind of id."""
    area, dot, fact = id.partition(".")
    if not (area and dot and fact) or id != id.lower():
        raise ValueError(f"a check's id is area.fact in lower case, not {id!r}")
    title, _, page = (function.__doc__ or "").strip().partition("\n")
    if not title:
        raise ValueError(f"check {id} has no docstring, which is its title and its page")
    return title.rstrip("."), "\n".join(line.removeprefix("    ") for line in page.strip("\n").split("\n")).strip()


class _Sayer:
    """Makes findings of one severity. `where` is a dotted config path or a `Where`; `breaks` are the stages that fail of it."""

    def __init__(self, severity: Severity) -> None:
        self._severity = severity

    def __call__(
        self,
        *,
        what: str,
        why: str,
        fix: str,
        where: Where | str = "",
        breaks: Sequence[Stage] = (),
        evidence: object = (),
        releases: Sequence[str] = (),
    ) -> Finding:
        place = Where(path=where) if isinstance(where, str) else where
        told = as_evidence(evidence)
        return Finding(self._severity, what, why, fix, place, tuple(breaks), told, tuple(releases))


#: A finding that must be mended before the registry goes live.
blocker = _Sayer(Severity.BLOCKER)
#: A finding that costs something or will break later.
warning = _Sayer(Severity.WARNING)
#: A finding that is good to know.
note = _Sayer(Severity.NOTE)
