"""`s3.policy-simulated`: IAM's word beside what a real gateway does, which stands at one of Amazon's names here."""

from __future__ import annotations

import socket

import pytest
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.rgw import Cluster

from registry_preflight import Finding, Options, S3Storage, check_config, load_config
from registry_preflight.config.options import PolicySource

POLICY = b'{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'


def _found(rgw: Cluster, bucket: Bucket, monkeypatch: pytest.MonkeyPatch, allowed: bool | None) -> list[Finding]:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: real("127.0.0.1", *rest, **named))
    monkeypatch.setattr(
        S3Storage,
        "simulated",
        lambda self, actions, resource: None if allowed is None else dict.fromkeys(actions, allowed),
    )
    endpoint = f"http://s3.us-east-1.amazonaws.com:{rgw.gateway.port}"
    text = bucket.config(regionendpoint=endpoint, region="us-east-1").encode()
    options = Options(iam_policies=(PolicySource("identity", "p.json", POLICY),), select=("s3.policy-simulated",))
    report = check_config(load_config(text, {}, "registry-2.8", options=options))
    (result,) = [result for result in report.results if result.id == "s3.policy-simulated"]
    assert result.status in ("passed", "warned"), result
    return list(result.findings)


@pytest.mark.parametrize(("allowed", "count"), [(True, 0), (False, 7), (None, 0)])
def test_differences_are_told(
    rgw: Cluster, rgw_bucket: Bucket, monkeypatch: pytest.MonkeyPatch, allowed: bool | None, count: int
) -> None:
    assert len(_found(rgw, rgw_bucket, monkeypatch, allowed)) == count
