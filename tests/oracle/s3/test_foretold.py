"""Each fault of faults.yml is foretold, before any registry has met it, as the real one showed it."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.certificates import Certificates
from registry_preflight.fixtures.rgw import Cluster

from tests.oracle.s3_proof import STAGES, foretell, seed_with

from .trial import Fault, faults, made

#: Rights on repositories of one name: a push elsewhere works, and a probe repository is elsewhere.
_BY_NAME = {"no-uploads"}


@pytest.mark.parametrize(
    "fault", [one for one in faults() if one["name"] not in _BY_NAME], ids=lambda fault: fault["name"]
)
def test_a_fault_is_foretold(fault: Fault, rgw: Cluster, certificates: Certificates) -> None:
    with made(fault, rgw, certificates) as trial:
        seed_with(trial.seed or trial.config)
        trial.fault()

        report = foretell(trial.config, trial.environment)

    foretold = {stage.value: prediction.outcome.value for stage, prediction in report.predictions.items()}
    assert foretold == {stage: "fails" if stage in fault["fails"] else "works" for stage in STAGES}, _told(report)


def _told(report: object) -> str:
    results = getattr(report, "results", ())
    lines = [f"{r.id}: {f.severity} {f.what}" for r in results for f in r.findings if f.breaks]
    return "\n".join([*lines, *(f"{r.id}: {r.reason}" for r in results if r.reason and not r.requested)])
