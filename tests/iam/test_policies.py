"""`policy`: what it writes is enough, and nothing of it is too much."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest

from registry_preflight import Access, load_config
from registry_preflight.inputs import CannotBegin
from registry_preflight.policies import policy_text

from .proving import CLONE, USER, proof, s3

CONFIGS = {
    "plain": s3(),
    "without a root directory": s3().replace("    rootdirectory: /reg\n", ""),
    "a deep root directory": s3().replace("/reg", "/a/b c/d"),
    "a root directory of wildcards": s3().replace("/reg", "'/a*b?c$d${aws:username}'"),
    "an access list": s3("objectacl: bucket-owner-full-control"),
    "a key by its ARN": s3("encrypt: true", "keyid: 'arn:aws:kms:eu-west-1:111122223333:key/1'"),
    "a key by its id": s3("encrypt: true", "keyid: 1234abcd-12ab-34cd-56ef-1234567890ab"),
    "a key by its alias": s3("encrypt: true", "keyid: alias/registry"),
    "a key by its alias's ARN": s3("encrypt: true", "keyid: 'arn:aws:kms:eu-west-1:111122223333:alias/registry'"),
    "encrypted": s3("encrypt: true"),
    "China": s3().replace("eu-west-1", "cn-north-1"),
    "the government's": s3().replace("eu-west-1", "us-gov-west-1"),
    "without redirects": s3(beside="  redirect: {disable: true}\n"),
    "read-only": s3(beside="  maintenance: {readonly: {enabled: true}}\n"),
    "health": s3(top="health: {storagedriver: {enabled: true, interval: 10s, threshold: 3}}\n"),
    "a pull-through cache": s3(top="proxy: {remoteurl: 'https://registry-1.docker.io'}\n"),
    "another store": CLONE,
}
TARGETS = ("registry-2.5", "registry-2.7", "registry-2.8", "registry-3.0", "registry-3.1")
CASES = [(name, target) for name in CONFIGS for target in TARGETS]


def _written(text: str, format: str = "iam", target: str = "registry-2.8", principal: str | None = None) -> str:
    return policy_text(load_config(text.encode(), {}, target), format, principal).text


def _policy(text: str, target: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(_written(text, target=target))
    return made


@pytest.mark.parametrize(("name", "target"), CASES)
def test_it_is_enough(name: str, target: str) -> None:
    text = CONFIGS[name]
    answers = proof(text, target=target, identity=_policy(text, target)).answers
    assert answers
    assert {answer.access for answer in answers} == {Access.ALLOWED}


@pytest.mark.parametrize(("name", "target"), CASES)
def test_without_any_one_action_it_is_refused(name: str, target: str) -> None:
    text = CONFIGS[name]
    policy = _policy(text, target)
    for number, statement in enumerate(policy["Statement"]):
        for action in statement["Action"]:
            fewer = [one for one in statement["Action"] if one != action]
            less = [{**one, "Action": fewer} if at == number else one for at, one in enumerate(policy["Statement"])]
            kept = [one for one in less if one["Action"]]
            answers = proof(text, target=target, identity={**policy, "Statement": kept}).answers
            # Of a key, its own policy may allow what the identity's does not.
            wanted = Access.DEPENDS if action.startswith("kms:") else Access.DENIED
            # Away from Amazon some stores let the writer of an object read it without a policy.
            refused = {answer.access for answer in answers if answer.need.action == action} - {Access.ALLOWED}
            if name == "another store" and refused == {Access.DEPENDS}:
                continue
            assert wanted in refused, action


@pytest.mark.parametrize(("name", "target"), CASES)
def test_it_has_no_wildcards_in_actions_and_one_bucket(name: str, target: str) -> None:
    for statement in _policy(CONFIGS[name], target)["Statement"]:
        assert not any("*" in action for action in statement["Action"])
        assert "images" in statement["Resource"] or ":kms:" in statement["Resource"]


def test_it_has_the_right_to_abort() -> None:
    assert "s3:AbortMultipartUpload" in _written(s3())


def test_each_right_is_explained() -> None:
    remarks = policy_text(load_config(s3().encode(), {}, "registry-2.8"), "iam", None).remarks
    (about,) = (remark for remark in remarks if remark.startswith("s3:AbortMultipartUpload: "))
    assert "billed" in about


def test_the_partition_is_the_regions() -> None:
    assert "arn:aws-cn:s3:::images" in _written(CONFIGS["China"])


def test_it_fits_in_a_user() -> None:
    """All inline policies of a user have 2,048 characters together."""
    longest = max(len("".join(_written(text).split())) for text in CONFIGS.values())
    assert longest < 1500


def test_the_command_is_one_for_the_shell() -> None:
    last = _written(s3().replace("/reg", '"/it\'s"'), "aws-cli").splitlines()[-1]
    words = shlex.split(last)
    assert words[:3] == ["aws", "iam", "put-user-policy"]
    policy = json.loads(words[words.index("--policy-document") + 1])
    assert policy["Statement"][1]["Resource"] == "arn:aws:s3:::images/it's/docker/registry/v2/*"


def test_terraform_has_the_same_rights() -> None:
    text = _written(s3("encrypt: true", "keyid: alias/registry"), "terraform")
    policy = _policy(s3("encrypt: true", "keyid: alias/registry"), "registry-2.8")
    actions = [action for statement in policy["Statement"] for action in statement["Action"]]
    assert re.findall(r'^      "(\w+:\w+)",$', text, re.M) == actions
    assert re.findall(r'resources = \["(.*)"\]', text) == [one["Resource"] for one in policy["Statement"]]
    assert text.count("{") == text.count("}")


def test_terraform_replaces_nothing_in_names() -> None:
    resources = re.findall(r'resources = \["(.*)"\]', _written(CONFIGS["a root directory of wildcards"], "terraform"))
    assert all("${" not in resource.replace("$${", "") for resource in resources)


def test_all_formats_at_once() -> None:
    text = _written(s3(), "all")
    assert [text.count(part) for part in ('"Version"', "aws_iam_policy_document", "put-user-policy")] == [2, 2, 1]


@pytest.mark.parametrize("name", ["plain", "China", "a key by its ARN", "another store"])
def test_a_bucket_policy_for_one_identity(name: str) -> None:
    text, who = CONFIGS[name], "arn:aws:iam:::user/registry" if name == "another store" else USER
    policy = json.loads(_written(text, principal=who))
    assert {json.dumps(one["Principal"]) for one in policy["Statement"]} == {json.dumps({"AWS": who})}
    answers = proof(text, principal=who, bucket=policy).answers
    assert {answer.access for answer in answers if answer.need.action.startswith("s3:")} == {Access.ALLOWED}


def test_a_bucket_policy_leaves_out_the_key() -> None:
    assert "kms:" not in _written(CONFIGS["a key by its ARN"], principal=USER)


def test_a_bucket_policys_command_and_resource() -> None:
    words = shlex.split(_written(s3(), "aws-cli", principal=USER))
    assert words[:5] == ["aws", "s3api", "put-bucket-policy", "--bucket", "images"]
    assert 'resource "aws_s3_bucket_policy"' in _written(s3(), "terraform", principal=USER)


@pytest.mark.parametrize(
    ("text", "principal", "said"),
    [
        ("version: 0.1\nstorage: {filesystem: {}}\n", None, "no policy can be written for the filesystem driver"),
        ("version: 0.1\nstorage: {}\n", None, "can't read this config"),
        ("version: 0.1\nstorage: {s3: {region: eu-west-1}}\n", None, "storage.s3.bucket"),
        ("version: 0.1\nstorage: {s3: {region: mars-1, bucket: b}}\n", None, "storage.s3.region"),
        (s3(), "registry", "--principal registry: give an ARN"),
        (": [", None, "can't read this config"),
    ],
)
def test_a_config_that_has_no_policy(text: str, principal: str | None, said: str) -> None:
    with pytest.raises(CannotBegin) as caught:
        _written(text, principal=principal)
    assert said in str(caught.value)
    assert str(caught.value).count("\n") == 0
