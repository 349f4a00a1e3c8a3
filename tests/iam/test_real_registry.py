"""What `policy` writes, given to a real registry on a real gateway: enough as it is, and each right of it for a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.rgw import Cluster

from registry_preflight import stages_by_rights
from registry_preflight.config.effective import load_config
from registry_preflight.policies import policy_text

from .proving import Document, proof

TARGET = "registry-2.8-debian"
ACTIONS = (
    "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetObject", "s3:PutObject", "s3:DeleteObject",
    "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload",
)  # fmt: skip


class Trial:
    """A bucket with the least policy for one user in force, changed by `change`."""

    def __init__(self, cluster: Cluster, bucket: Bucket, change: Any = lambda statements: statements) -> None:
        user = cluster.user("registry")
        self.principal = f"arn:aws:iam:::user/{user.name}"
        self.config = bucket.config(user)
        written = policy_text(load_config(self.config.encode(), {}, TARGET), "iam", self.principal).text
        self.policy: Document = json.loads(written)
        self.policy["Statement"] = change(self.policy["Statement"])
        bucket.set_policy(*self.policy["Statement"])
        self._good = bucket.config()

    @property
    def foretold(self) -> dict[str, str]:
        """What the policy alone says of each stage."""
        answers = proof(self.config, target=TARGET, principal=self.principal, bucket=self.policy).answers
        return {stage.value: outcome.value for stage, outcome in stages_by_rights(answers).items()}

    def real(self) -> dict[str, str]:
        """What becomes of each stage."""
        stages: dict[str, str] = referee.outcome(self.config, seed=self._good).stages
        return stages


def test_the_least_policy_is_enough(rgw: Cluster, rgw_bucket: Bucket) -> None:
    trial = Trial(rgw, rgw_bucket)
    assert trial.real() == trial.foretold == dict.fromkeys(("start", "push", "pull", "delete", "gc"), "works")


@pytest.mark.parametrize("action", ACTIONS)
def test_what_each_right_is_for(action: str, rgw: Cluster, rgw_bucket: Bucket) -> None:
    def without(statements: list[Document]) -> list[Document]:
        return [{**one, "Action": [name for name in one["Action"] if name != action]} for one in statements]

    trial = Trial(rgw, rgw_bucket, without)
    assert trial.real() == trial.foretold


@pytest.mark.parametrize("where", ["bucket", "objects"])
def test_a_right_to_delete_that_is_granted_by_half(where: str, rgw: Cluster, rgw_bucket: Bucket) -> None:
    def half(statements: list[Document]) -> list[Document]:
        position = {"bucket": 1, "objects": 0}[where]  # the statement that loses it
        actions = [name for name in statements[position]["Action"] if name != "s3:DeleteObject"]
        return [{**one, "Action": actions} if at == position else one for at, one in enumerate(statements)]

    trial = Trial(rgw, rgw_bucket, half)
    assert trial.real() == trial.foretold


@pytest.mark.parametrize("prefixes", [["reg/*"], ["reg/docker/*", "reg/"], ["reg"]])
def test_a_listing_that_is_tied_to_prefixes(prefixes: list[str], rgw: Cluster, rgw_bucket: Bucket) -> None:
    def tied(statements: list[Document]) -> list[Document]:
        first, *rest = statements
        listing = {**first, "Action": ["s3:ListBucket"], "Condition": {"StringLike": {"s3:prefix": prefixes}}}
        others = [name for name in first["Action"] if name != "s3:ListBucket"]
        return [listing, {**first, "Sid": "Others", "Action": others}, *rest]

    trial = Trial(rgw, rgw_bucket, tied)
    assert trial.real() == trial.foretold
