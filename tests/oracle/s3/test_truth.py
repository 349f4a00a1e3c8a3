"""What the real registry does on a real store under each fault is what faults.yml says: the truth for the checks of s3."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.certificates import Certificates
from registry_preflight.fixtures.rgw import Cluster

from .trial import Fault, faults, made


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault["name"])
def test_the_registry_does_what_the_table_says(fault: Fault, rgw: Cluster, certificates: Certificates) -> None:
    with made(fault, rgw, certificates) as trial:
        (outcome,) = referee.outcomes([trial])
    assert outcome.failing == set(fault["fails"]), outcome
    for stage, words in fault.get("says", {}).items():
        assert words in str(getattr(outcome, stage)), outcome
