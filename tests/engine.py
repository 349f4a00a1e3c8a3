"""Checks made on the spot, and runs over them: what the tests of the engine share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from registry_preflight import Check, Config, Finding, Options, Result, Severity, check, load_config
from registry_preflight.plan import Planned, ordered, plan
from registry_preflight.run import Run

TEXT = "version: 0.1\nstorage: {inmemory: {}}\n"


def config(text: str = TEXT, **options: Any) -> Config:
    """A config that any release reads, under options."""
    return load_config(text.encode(), {}, "registry-2.8", options=Options(**options))


def finding(severity: Severity, breaks: Sequence[Any] = (), what: str = "It is so.") -> Finding:
    return Finding(severity, what, "Because.", "Mend it.", breaks=tuple(breaks))


def make(id: str, *finds: Finding, act: Callable[[], object] | None = None, **facts: Any) -> Check:
    """A check that does something, then finds something; it needs nothing unless told."""

    def function(subject: object) -> Iterator[Finding]:
        """The fact holds."""
        if act is not None:
            act()
        yield from finds

    return check(id, **({"needs": ()} | facts))(function)


def planned(checks: Sequence[Check], **options: Any) -> tuple[Planned, ...]:
    """The plan of these checks and no others."""
    in_order = ordered({one.id: one for one in checks})
    return plan(in_order, family="inmemory", driver="inmemory", release="registry-2.8", options=Options(**options))


def run(*checks: Check, **options: Any) -> Mapping[str, Result]:
    """The results of a run over these checks, by id."""
    made = Run(config(**options), planned(checks, **options), None, "test")
    results = made.results()
    made.close()
    return {result.id: result for result in results}
