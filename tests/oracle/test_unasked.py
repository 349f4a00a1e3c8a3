"""A check that passes unasked, because its config has nothing of what it looks at, would have found nothing."""

from __future__ import annotations

import pytest

from registry_preflight import Config, Finding, Options, Status, load_checks, load_config
from registry_preflight.api import check_config
from registry_preflight.check import Touches
from registry_preflight.deferred import real

from .case import Case, load_cases

CASES = load_cases()
PARTS = 8


def _found_unasked(config: Config) -> list[tuple[str, list[Finding]]]:
    """What checks find that were not asked, but for those that look at what an option of the command line names."""
    report = check_config(config)
    passed = {result.id for result in report.results if result.status is Status.PASSED}
    unasked = (
        real(check)
        for check in load_checks()[0]
        if check.id in passed
        and check.when
        and config.present.isdisjoint(check.when)
        and check.touches is Touches.NOTHING
        and not any(mark.startswith("--") for mark in check.when)
    )
    return [(check.id, found) for check in unasked if (found := list(check.function(config)))]


def _missed(case: Case, target: str) -> list[tuple[str, list[Finding]]]:
    text = case.given.config
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return _found_unasked(load_config(content, case.given.environment, target, options=Options(offline=True)))


@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.8", "registry-3.1"])
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_missed(part: int, target: str) -> None:
    assert {case.id: missed for case in CASES[part::PARTS] if (missed := _missed(case, target))} == {}
