"""Azure with 2.8: what is foretold of each fault, and what the real registry does."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.azure import Store

from registry_preflight import Verdict

from .trial import STAGES, Fault, faults, judge


@pytest.mark.parametrize("fault", faults("two.yml"), ids=str)
def test_refereed(azure: Store, fault: Fault) -> None:
    told, truth = judge(azure, fault)
    judged = [stage for stage in STAGES if stage not in fault.unjudged]
    expected = {stage: "unknown" if stage in fault.unknown else truth.stages[stage] for stage in judged}
    assert {stage: told.stages[stage] for stage in judged} == expected, f"{told.why}\n{truth}"
    assert told.before == told.after
    assert told.report.left_behind == ()
    if not truth.failing - set(fault.unjudged):
        assert told.report.verdict is not Verdict.NOT_READY or fault.finds, told.why
    if fault.finds:
        assert fault.finds in {one.id for one in told.report.results if one.findings}, told.why
