"""From a config's text to a report: what the command line, tests and other programs call."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

from registry_preflight.check import Check
from registry_preflight.config.effective import Config, load_config
from registry_preflight.config.listing import effective_values
from registry_preflight.config.options import Options
from registry_preflight.lean import TYPE_CHECKING, NamedTuple, import_module, lru_cache
from registry_preflight.plan import Planned, plan
from registry_preflight.plugins import load_checks
from registry_preflight.result import Mode, Report, Result, RunFacts
from registry_preflight.run import Run, new_run_id
from registry_preflight.verdict import predictions, root_causes, verdict
from registry_preflight.version import VERSION

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from registry_preflight.ledger import Ledger


def foretell(
    text: str | bytes, environment: Mapping[str, str], target: str = "registry-2.8", *, source: str = "-"
) -> Report:
    """What a release will do with a config, as far as the text, the environment and this machine's files tell it offline.

    Raises `KeyError` for an unknown target.
    """
    content = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    config = load_config(content, environment, target, source=source, options=Options(offline=True))
    return check_config(config)


def check_config(
    config: Config,
    *,
    fail_on_warning: bool = False,
    effective: bool = True,
    ledger: Ledger | None = None,
    alarm: Callable[[Run], AbstractContextManager[None]] | None = None,
) -> Report:
    """Run every check that concerns a config, within the options that it carries.

    A full run writes below probe names of its own; give a `ledger` to be the one who removes what an interrupt leaves.
    Without `effective` the report has neither the effective values nor the text's hash, which not every format shows.
    `alarm` is entered around the run: it calls the run's `ring` at the deadline, where the caller owns the process's signals.
    """
    checks, plugins = load_checks()
    options = config.options
    planned = _plan(id(checks), config.family, config.driver, config.release.name, options)
    run_id, started, began = new_run_id(), time.time(), time.perf_counter()
    if ledger is None and planned.reaches_out:
        ledger = _new_ledger()
    run, mask = Run(config, planned.checks, ledger, run_id), config.secrets.mask
    results, left_behind = _carried_out(run, mask, ledger, alarm)
    foretold = predictions(planned.by_id, results)
    return Report(
        tool_version=VERSION,
        plugins=plugins,
        run=_facts(config, run_id, started, time.perf_counter() - began),
        source=mask(config.source),
        sha256=_sha256(config.text) if effective else "",
        driver=config.driver,
        effective=effective_values(config) if effective else (),
        verdict=verdict(results, foretold, fail_on_warning=fail_on_warning, offline=options.offline),
        predictions=foretold,
        results=results,
        root_causes=root_causes(results),
        left_behind=tuple(mask(line) for line in left_behind),
        requests=run.requests(),
        chain=run.chain(),
    )


class Interrupted(KeyboardInterrupt):
    """The run was interrupted and has cleaned up; `left_behind` names what could not be removed."""

    def __init__(self, left_behind: list[str]) -> None:
        super().__init__()
        self.left_behind = tuple(left_behind)


def _carried_out(
    run: Run,
    mask: Callable[[str], str],
    ledger: Ledger | None,
    alarm: Callable[[Run], AbstractContextManager[None]] | None,
) -> tuple[tuple[Result, ...], list[str]]:
    """The results of a run, and what could not be removed after it. Raises `Interrupted`."""
    try:
        if alarm is None:
            results = run.results()
        else:
            with alarm(run):
                results = run.results()
    except KeyboardInterrupt:
        raise Interrupted([mask(line) for line in _remove_all(ledger)]) from None
    finally:
        left_behind = _remove_all(ledger)
        run.close()
    return results, left_behind


def _remove_all(ledger: Ledger | None) -> list[str]:
    """Remove what the run created, also when the user asks a second time to end."""
    if ledger is None:
        return []
    try:
        return ledger.remove_all()
    except KeyboardInterrupt:
        return ledger.remove_all()


class _Plan(NamedTuple):
    """A plan, its checks by id, and whether any of them will ask for a storage."""

    checks: tuple[Planned, ...]
    by_id: dict[str, Check]
    reaches_out: bool


@lru_cache(maxsize=64)
def _plan(identity: int, family: str, driver: str, release: str, options: Options) -> _Plan:
    """A plan is the same for all configs of a kind, and a gate may have thousands of them.

    `identity` stands for the installed checks, of which there is one tuple in a process: to hash that would take longer.
    """
    checks, _ = load_checks()
    planned = plan(checks, family=family, driver=driver, release=release, options=options)
    reaches_out = any(not skip and check.storage is not None for check, skip in planned)
    return _Plan(planned, {check.id: check for check, _ in planned}, reaches_out)


def _new_ledger() -> Ledger:
    """A ledger; an offline run has nothing to enter and is spared the import."""
    from registry_preflight.ledger import Ledger

    return Ledger()


def _sha256(text: bytes) -> str:
    # hashlib would load OpenSSL, which costs more than the run; what it falls back to has had two names.
    modules = ("_sha2", "_sha256") if sys.version_info >= (3, 12) else ("_sha256",)
    for name in (*modules, "hashlib"):
        try:
            return str(import_module(name).sha256(text).hexdigest())
        except ImportError:  # this Python was built without it
            continue
    raise ImportError("this Python has no SHA-256")


def _facts(config: Config, run_id: str, started: float, seconds: float) -> RunFacts:
    import os

    options = config.options
    mode = Mode.OFFLINE if options.offline else Mode.READ_ONLY if options.read_only else Mode.FULL
    shown: dict[str, object] = {"min_free": options.min_free}
    if options.as_user is not None:
        shown["as_user"] = ":".join(str(part) for part in options.as_user)
    for name in ("ntp", "select", "skip", "iam_principal"):
        if value := getattr(options, name):
            shown[name] = value
    if options.iam_policies:
        shown["iam_policies"] = [f"{source.kind}={source.name}" for source in options.iam_policies]
    return RunFacts(
        id=run_id,
        started=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
        seconds=round(seconds, 4),
        host=os.uname().nodename,
        target=config.release.name,
        mode=mode,
        deadline=options.deadline,
        options=shown,
    )
