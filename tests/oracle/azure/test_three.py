"""Azure with 3.x: what is foretold of each fault, and what records and the driver's source say of it."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.azure import Cloud, store

from registry_preflight import Verdict

from .trial import STAGES, Fault, faults, foretell, play

KEY = {"credentials": {"type": "shared_key"}}


@pytest.mark.parametrize("fault", faults("three.yml"), ids=str)
def test_expected(azure_cloud: Cloud, fault: Fault) -> None:
    target = fault.target if fault.target != "registry-2.8" else "registry-3.1"
    new = fault._replace(target=target, parameters={**KEY, **fault.parameters})
    with store(azure_cloud, exists=fault.exists) as at:
        play(at, new)
        told = foretell(at, new)
    assert told.stages == dict.fromkeys(STAGES, "works") | dict(fault.expect), told.why
    assert told.before == told.after
    assert told.report.left_behind == ()
    if "fails" in fault.expect.values():
        assert told.report.verdict is Verdict.NOT_READY
    if fault.finds:
        assert fault.finds in {one.id for one in told.report.results if one.findings}, told.why
