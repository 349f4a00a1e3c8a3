"""What the real registry does on a real store under each fault is what faults.yml says, and what the checks foretell.

The faults were written down before the checks were, by somebody else.
"""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import referee, scripted
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.certificates import Certificates
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.scripted_s3 import scripted_aws

from ..s3_proof import foretell
from .trial import Fault, faults, made


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault["name"])
def test_the_registry_does_what_the_table_says_and_the_checks_foretell(
    fault: Fault, rgw: Cluster, certificates: Certificates
) -> None:
    foretold: dict[str, str] = {}

    with made(fault, rgw, certificates) as trial:

        def break_and_foretell() -> None:
            assert trial.fault
            trial.fault()
            report = foretell(trial.config, trial.environment)
            foretold.update({stage.value: said.outcome.value for stage, said in report.predictions.items()})

        (outcome,) = referee.outcomes([trial._replace(fault=break_and_foretell)])
    assert outcome.failing == set(fault["fails"]), outcome
    for stage, words in fault.get("says", {}).items():
        assert words in str(getattr(outcome, stage)), outcome
    known = outcome.stages.keys() - set(fault.get("unforetold", ()))
    assert {stage: foretold[stage] for stage in known} == {stage: outcome.stages[stage] for stage in known}, outcome


def test_keys_of_an_instance_that_demands_tokens(rgw_bucket: Bucket) -> None:
    """Debian's build asks for them, and is told where the service is by the library's variable."""
    keys = {"ASIAEXAMPLE": rgw_bucket.owner.access_key, "secret-of-the-role": rgw_bucket.owner.secret_key}
    rules = [dict(rule) for rule in scripted.rules("aws/imds-v2")]
    for rule in rules:
        for placeholder, key in keys.items():
            rule["body"] = str(rule.get("body", "")).replace(placeholder, key)
    config = rgw_bucket.config(accesskey=None, secretkey=None)
    with scripted_aws(*rules) as server:
        environment = {"AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "HOME": "/nonexistent"}
        report = foretell(config, environment)
        outcome = referee.outcome(config, environment, rgw_bucket.config(), layers=(100,))
    assert outcome.failing == set(), outcome
    assert {stage.value: said.outcome.value for stage, said in report.predictions.items()} == outcome.stages
