"""Each fault of an S3 config or bucket is foretold in all five stages as the real registry shows it on a real gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .s3.trial import faults
from .s3_faults import FAILING, FAULTS, SCRIPTED
from .s3_proof import Fault, judge

if TYPE_CHECKING:
    from registry_preflight.fixtures.rgw import Cluster


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_foretold_as_it_comes(rgw: Cluster, fault: Fault) -> None:
    (judged,) = judge(rgw, [fault])

    assert not judged.wrong, str(judged)


@pytest.mark.parametrize("fault", SCRIPTED, ids=lambda fault: fault.name)
def test_a_scripted_answer_is_foretold_as_the_registry_meets_it(rgw: Cluster, fault: Fault) -> None:
    (judged,) = judge(rgw, [fault])

    failing = {stage for stage, outcome in judged.truth.items() if outcome != "works"}
    assert failing == FAILING.get(fault.script, failing), str(judged)
    assert not judged.wrong, str(judged)


def test_there_are_faults_enough() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert len(FAULTS) + len(faults()) >= 150


def test_what_fails_is_said_of_scripts_that_are_played() -> None:
    assert FAILING.keys() <= {fault.script for fault in SCRIPTED}
