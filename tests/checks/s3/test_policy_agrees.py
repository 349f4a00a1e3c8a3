"""`s3.policy-agrees`: documents beside what a real gateway does."""

from __future__ import annotations

import json

import pytest
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.rgw import Cluster

from registry_preflight import Finding, Options, check_config, load_config
from registry_preflight.config.options import PolicySource

from ...oracle.s3_proof import NEEDED


def _found(rgw: Cluster, bucket: Bucket, in_force: tuple[str, ...], written: tuple[str, ...]) -> list[Finding]:
    user = rgw.user()
    bucket.allow(user, *(f"s3:{action}" for action in in_force))
    resources = [f"arn:aws:s3:::{bucket.name}", f"arn:aws:s3:::{bucket.name}/*"]
    statement = {"Effect": "Allow", "Action": [f"s3:{action}" for action in written], "Resource": resources}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    options = Options(min_free=0, iam_policies=(PolicySource("identity", "policy.json", document.encode()),))
    report = check_config(load_config(bucket.config(user).encode(), {}, "registry-2.8", options=options))
    return [found for result in report.results if result.id == "s3.policy-agrees" for found in result.findings]


def test_documents_that_are_in_force_agree(rgw: Cluster, rgw_bucket: Bucket) -> None:
    rights = (*NEEDED, "AbortMultipartUpload")
    assert _found(rgw, rgw_bucket, rights, rights) == []


@pytest.mark.parametrize("action", ["DeleteObject", "ListBucketMultipartUploads", "PutObject"])
def test_a_right_that_is_written_and_refused_is_told(rgw: Cluster, rgw_bucket: Bucket, action: str) -> None:
    rights = (*NEEDED, "AbortMultipartUpload")
    found = _found(rgw, rgw_bucket, tuple(one for one in rights if one != action), rights)
    assert f"The policies grant s3:{action}, and the store refuses it." in [one.what for one in found]


def test_a_right_that_is_there_and_not_written_is_told(rgw: Cluster, rgw_bucket: Bucket) -> None:
    rights = (*NEEDED, "AbortMultipartUpload")
    found = _found(rgw, rgw_bucket, rights, tuple(one for one in rights if one != "AbortMultipartUpload"))
    assert [one.what for one in found] == [
        "The policies do not grant s3:AbortMultipartUpload, and the store allows it all the same."
    ]
