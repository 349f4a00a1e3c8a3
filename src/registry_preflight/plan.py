"""Which checks run on a config, in which order: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from registry_preflight.check import Check, Touches
from registry_preflight.config.options import Options
from registry_preflight.lean import NamedTuple


class Planned(NamedTuple):
    """A check of the plan. `skip` is the reason why it won't run, by the user's own wish; empty if it will."""

    check: Check
    skip: str = ""


class PlanError(ValueError):
    """The checks can't be put in an order, or one of them needs what is not there."""


def ordered(checks: Mapping[str, Check]) -> tuple[Check, ...]:
    """All checks, each after what it needs, ties by id.

    Raises `PlanError` for a need that no check has, and for a circle of needs.
    """
    for check in checks.values():
        for need in check.needs:
            if need not in checks:
                raise PlanError(f"check {check.id} needs {need}, which is not installed")
    waiting = dict(sorted(checks.items()))
    done: dict[str, Check] = {}
    while waiting:
        ready = [check for check in waiting.values() if all(need in done for need in check.needs)]
        if not ready:
            raise PlanError(f"checks need each other in a circle: {', '.join(waiting)}")
        for check in ready:
            done[check.id] = waiting.pop(check.id)
    return tuple(done.values())


def applies(check: Check, family: str, driver: str, release: str) -> bool:
    """Whether a check has anything to say about a config of this driver for this release."""
    if check.drivers and family not in check.drivers and driver not in check.drivers:
        return False
    # A distribution's build of a release, such as registry-2.8-debian, counts as that release.
    return not check.releases or any(release == name or release.startswith(f"{name}-") for name in check.releases)


def plan(checks: Iterable[Check], *, family: str, driver: str, release: str, options: Options) -> tuple[Planned, ...]:
    """The checks that concern this config, in order, with those that the user's options rule out marked."""
    known = {check.id: check for check in checks}
    concerned = _needing_each_other(
        [check for check in known.values() if applies(check, family, driver, release)], known
    )
    wanted = _selected(concerned, options)
    return tuple(Planned(check, _ruled_out(check, wanted, options)) for check in concerned)


def _needing_each_other(concerned: list[Check], known: Mapping[str, Check]) -> list[Check]:
    """The checks, each needing in place of one that has nothing to say here what that one needs: it won't ever run."""
    there = {check.id for check in concerned}

    def met(needs: tuple[str, ...]) -> tuple[str, ...]:
        found = [(need,) if need in there else met(known[need].needs) for need in needs if need in known]
        return tuple(dict.fromkeys(name for names in found for name in names))

    return [check if there.issuperset(check.needs) else check._replace(needs=met(check.needs)) for check in concerned]


def _selected(checks: list[Check], options: Options) -> set[str]:
    """Ids that `--select` leaves: those named, by id or prefix, and whatever they need."""
    if not options.select:
        return {check.id for check in checks}
    chosen = {check.id for check in checks if any(matches(check, pattern) for pattern in options.select)}
    for check in reversed(checks):
        if check.id in chosen:
            chosen.update(check.needs)
    return chosen


def matches(check: Check, pattern: str) -> bool:
    """Whether an id, an older id or a prefix that ends at a dot (`s3` or `s3.`) means this check."""
    prefix = pattern if pattern.endswith(".") else pattern + "."
    return any(name == pattern or name.startswith(prefix) for name in (check.id, *check.aliases))


def _ruled_out(check: Check, wanted: set[str], options: Options) -> str:
    if any(matches(check, pattern) for pattern in options.skip):
        return "left out by --skip"
    if check.id not in wanted:
        return "not among those of --select"
    if options.offline and check.touches is not Touches.NOTHING:
        return "--offline: nothing outside the config is looked at"
    if options.read_only and check.touches is Touches.WRITES:
        return "--read-only: it would write"
    return ""
