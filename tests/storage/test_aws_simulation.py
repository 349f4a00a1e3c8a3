"""IAM's simulation: what is asked, and how the answer is read."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.scripted_s3 import scripted_aws

from registry_preflight import load_config
from registry_preflight.storage import aws_simulation
from registry_preflight.storage.aws_simulation import simulate, source_of
from registry_preflight.storage.meter import Meter
from registry_preflight.storage.s3_address import transport_of
from registry_preflight.storage.s3_signing import Credentials

from ..checks.drivers import s3

ANSWER = (
    "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>"
    "<member><EvalActionName>s3:PutObject</EvalActionName><EvalDecision>allowed</EvalDecision></member>"
    "<member><EvalActionName>s3:GetObject</EvalActionName><EvalDecision>implicitDeny</EvalDecision></member>"
    "</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>"
)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"method": "POST", "path": "/", "body": ANSWER}, {"s3:PutObject": True, "s3:GetObject": False}),
        ({"method": "POST", "path": "/", "status": 403, "body": "<E/>"}, None),
        ({"method": "POST", "path": "/", "body": "no xml"}, None),
    ],
)
def test_an_answer_is_read(
    monkeypatch: pytest.MonkeyPatch, rule: dict[str, object], said: dict[str, bool] | None
) -> None:
    config = load_config(s3("region: us-east-1", "bucket: images").encode(), {}, "registry-2.8")
    with scripted_aws(rule) as server:
        monkeypatch.setattr(aws_simulation, "IAM", server.url)
        transport = transport_of(config, Meter())
        keys, actions = Credentials("AKID", "secret"), ("s3:PutObject", "s3:GetObject")
        assert simulate(config, keys, transport, "arn:aws:iam::1:user/x", actions, "arn:aws:s3:::images/*") == said


@pytest.mark.parametrize(
    ("caller", "source"),
    [
        ("arn:aws:iam::1:user/team/x", "arn:aws:iam::1:user/team/x"),
        ("arn:aws:sts::1:assumed-role/Registry/i-0123", "arn:aws:iam::1:role/Registry"),
    ],
)
def test_the_identity_behind_a_session(caller: str, source: str) -> None:
    assert source_of(caller) == source
