"""`s3.policy`: what it finds in the documents of `--iam-policy`, and what it leaves alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from registry_preflight import PUSH, Finding, Result, foretell

from ...iam.proving import ARN, CLONE, ENOUGH, ON_BUCKET, ON_OBJECTS, USER, allow, deny, document, report, s3

OBJECTS = f"{ARN}/reg/docker/registry/v2/*"
#: As the documentation of Docker Trusted Registry has it.
DTR = document(
    allow("s3:ListAllMyBuckets", "arn:aws:s3:::*"),
    allow(["s3:ListBucket", "s3:GetBucketLocation"], ARN),
    allow(["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], f"{ARN}/*"),
)
INSECURE = {"Bool": {"aws:SecureTransport": "false"}}


def _result(text: str = s3(), **more: Any) -> Result:
    (result,) = (one for one in report(text, **more).results if one.id == "s3.policy")
    assert result.status.value not in ("broken",), result
    return result


def _weighty(text: str = s3(), **more: Any) -> list[Finding]:
    return [finding for finding in _result(text, **more).findings if finding.severity != "note"]


def _told(text: str = s3(), **more: Any) -> list[tuple[str, str, str]]:
    """Severity, the stages that break, and what, of all but the notes."""
    return [
        (one.severity.value, " ".join(stage.value for stage in one.breaks), one.what) for one in _weighty(text, **more)
    ]


def _without(*gone: str) -> dict[str, Any]:
    return document(
        allow([one for one in ON_BUCKET if one not in gone], ARN),
        allow([one for one in ON_OBJECTS if one not in gone], OBJECTS),
    )


def test_enough_is_enough() -> None:
    result = _result(identity=ENOUGH)
    assert (result.status.value, result.findings, result.reason) == ("passed", (), "")


def test_without_a_policy_there_is_nothing_to_prove() -> None:
    (result,) = (one for one in foretell(s3(), {}).results if one.id == "s3.policy")
    assert (result.status.value, result.findings) == ("passed", ())


def test_the_policy_of_dtr_breaks_every_push() -> None:
    assert _told(identity=DTR) == [
        (
            "blocker",
            "push",
            "s3:ListBucketMultipartUploads on the bucket images and s3:ListMultipartUploadParts on objects of the registry"
            " are not allowed by a policy of the identity.",
        ),
        (
            "warning",
            "",
            "s3:AbortMultipartUpload on objects of the registry is not allowed by a policy of the identity.",
        ),
    ]


def test_the_policy_of_dtr_is_named() -> None:
    notes = [one.what for one in _result(identity=DTR).findings if one.severity == "note"]
    assert any("Docker Trusted Registry" in what for what in notes)


def test_what_is_too_much_is_named() -> None:
    (note,) = (one for one in _result(identity=DTR).findings if "more than" in one.what)
    assert "s3:ListAllMyBuckets, which it never asks for (statement 1)" in note.what
    assert "objects outside reg/docker/registry/v2/ (statement 3)" in note.what


@pytest.mark.parametrize(
    ("policy", "named"),
    [
        (document(allow("s3:*", "*")), ["s3:* (statement 1)", "other buckets (statement 1)"]),
        (document(allow("*", "*")), ["* (statement 1)", "other buckets (statement 1)"]),
        (document(allow(ON_BUCKET, ARN), allow(ON_OBJECTS, f"{ARN}/*")), ["objects outside reg/docker/registry/v2/ (statement 2)"]),
        (document(*ENOUGH["Statement"], allow("s3:DeleteBucket", ARN)), ["s3:DeleteBucket, which it never asks for (statement 3)"]),
    ],
    ids=["all of S3", "administrator", "the whole bucket", "a right too many"],
)  # fmt: skip
def test_excess(policy: dict[str, Any], named: list[str]) -> None:
    (note,) = _result(identity=policy).findings
    assert note.severity == "note"
    assert note.what == f"identity.json allows more than the registry needs: {', '.join(named)}."


@pytest.mark.parametrize("action", [*ON_BUCKET, *ON_OBJECTS])
def test_the_fix_is_the_statement_that_is_missing(action: str) -> None:
    lacking = _without(action)
    statements = []
    for finding in _weighty(identity=lacking):
        _, _, ready = finding.fix.partition(": ")
        statements.extend(json.loads(f"[{ready}]"))
    assert statements
    assert _told(identity=document(*lacking["Statement"], *statements)) == []


@pytest.mark.parametrize(
    ("action", "target", "told"),
    [
        ("s3:ListBucket", "registry-2.8", "blocker push pull delete gc"),
        ("s3:ListBucket", "registry-3.1", "blocker push delete gc"),
        ("s3:ListBucketMultipartUploads", "registry-2.8", "blocker push"),
        ("s3:GetObject", "registry-2.8", "blocker push pull delete gc"),
        ("s3:PutObject", "registry-2.8", "blocker push"),
        ("s3:DeleteObject", "registry-2.8", "blocker gc"),
        ("s3:DeleteObject", "registry-3.0", "blocker push delete gc"),
        ("s3:ListMultipartUploadParts", "registry-2.5", "blocker push"),
        ("s3:AbortMultipartUpload", "registry-2.8", "warning "),
    ],
)
def test_what_a_missing_right_breaks(action: str, target: str, told: str) -> None:
    (finding,) = _weighty(identity=_without(action), target=target)
    assert f"{finding.severity} {' '.join(stage.value for stage in finding.breaks)}" == told
    assert action in finding.what


def test_a_deny_names_its_statement() -> None:
    insecure = document(deny("s3:*", [ARN, f"{ARN}/*"], Principal="*", Condition=INSECURE, Sid="Tls"))
    (finding,) = _weighty(s3("secure: false"), identity=ENOUGH, bucket=insecure)
    assert finding.what.startswith("bucket.json, statement 1 (Tls), denies ")
    assert {stage.value for stage in finding.breaks} == {"push", "pull", "delete", "gc"}


def test_a_deny_of_plain_transport_leaves_tls() -> None:
    insecure = document(deny("s3:*", [ARN, f"{ARN}/*"], Principal="*", Condition=INSECURE))
    assert _told(identity=ENOUGH, bucket=insecure) == []


def test_presigned_addresses_that_are_denied_break_pulls_alone() -> None:
    presigned = {"StringEquals": {"s3:authType": "REST-QUERY-STRING"}}
    policy = document(*ENOUGH["Statement"], deny("s3:GetObject", f"{ARN}/*", Condition=presigned))
    assert [told[:2] for told in _told(identity=policy)] == [("blocker", "pull")]
    assert _told(s3(beside="  redirect: {disable: true}\n"), identity=policy) == []


def test_a_listing_that_is_allowed_below_the_root_alone_fails_clients_that_look_first() -> None:
    below = {"StringLike": {"s3:prefix": ["reg/*"]}}
    policy = document(
        allow("s3:ListBucket", ARN, Condition=below),
        allow("s3:ListBucketMultipartUploads", ARN),
        allow(ON_OBJECTS, OBJECTS),
    )
    (finding,) = _weighty(identity=policy)
    assert (finding.severity, finding.breaks) == ("blocker", ())
    assert "404" in finding.why


def test_a_condition_on_prefixes_is_never_true_of_uploads() -> None:
    below = {"StringLike": {"s3:prefix": ["reg/*"]}}
    policy = document(allow("s3:ListBucket", ARN), allow(ON_BUCKET, ARN, Condition=below), allow(ON_OBJECTS, OBJECTS))
    (finding,) = _weighty(identity=policy)
    assert finding.what.startswith("s3:ListBucketMultipartUploads on the bucket images")


def test_writes_have_to_be_encrypted_as_the_policy_has_it() -> None:
    aes = {"StringNotEquals": {"s3:x-amz-server-side-encryption": "AES256"}}
    policy = document(*ENOUGH["Statement"], deny("s3:PutObject", f"{ARN}/*", Condition=aes))
    assert [told[:2] for told in _told(identity=policy)] == [("blocker", "push")]
    assert _told(s3("encrypt: true"), identity=policy) == []


def test_a_policy_that_has_run_out() -> None:
    past = {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}
    policy = document(*({**one, "Condition": past} for one in ENOUGH["Statement"]))
    assert {told[0] for told in _told(identity=policy)} == {"blocker", "warning"}


def test_a_boundary_is_named() -> None:
    finding = _weighty(identity=ENOUGH, boundary=document(allow("s3:Get*", "*")))[0]
    assert "not allowed by its permissions boundary" in finding.what
    assert "the boundary policy" in finding.fix


ADDRESS = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}


def test_an_unknown_key_is_named_and_not_guessed() -> None:
    result = _result(identity=document(*({**one, "Condition": ADDRESS} for one in ENOUGH["Statement"])))
    assert "the condition key aws:SourceIp (identity.json, statement 1)" in result.reason
    assert not [finding for finding in result.findings if finding.severity != "note"]


def test_an_unknown_key_leaves_the_stages_unknown() -> None:
    ran = report(s3(), identity=document(*({**one, "Condition": ADDRESS} for one in ENOUGH["Statement"])))
    assert {ran.predictions[stage].outcome.value for stage in ran.predictions if stage != "start"} == {"unknown"}
    assert ran.verdict.value == "undetermined"


def test_what_is_lacking_beside_what_depends_is_told() -> None:
    policy = document(allow(ON_BUCKET, ARN, Condition=ADDRESS), allow(ON_OBJECTS[1:], OBJECTS))
    result = _result(identity=policy)
    assert result.findings[0].what.startswith("s3:GetObject")
    assert "aws:SourceIp" in result.reason


def test_a_bucket_policy_alone_says_nothing_of_the_identitys_own() -> None:
    insecure = document(deny("s3:*", [ARN, f"{ARN}/*"], Principal="*", Condition=INSECURE))
    result = _result(bucket=insecure)
    assert "the policies of the identity itself, which were not given" in result.reason


def test_a_bucket_policy_names_identities() -> None:
    named = document(*({**one, "Principal": {"AWS": USER}} for one in ENOUGH["Statement"]))
    assert "--iam-principal" in _result(bucket=named).reason
    assert _told(bucket=named, principal=USER) == []
    assert _result(bucket=named, principal=USER).reason == ""


def test_the_policy_of_a_key_may_allow_what_the_identitys_does_not() -> None:
    result = _result(s3("encrypt: true", "keyid: 1234abcd-12ab-34cd-56ef-1234567890ab"), identity=ENOUGH)
    assert "the policy of the key, for no policy of the identity allows kms:Decrypt" in result.reason


def test_other_stores_may_let_the_writer_read() -> None:
    policy = document(allow(ON_BUCKET, ARN), allow(ON_OBJECTS[1:], OBJECTS))
    result = _result(CLONE, identity=policy)
    assert "whether the store lets the writer of an object read it without a policy" in result.reason
    assert {stage.value for stage in result.findings[0].breaks} == {"pull", "delete", "gc"}


def test_a_document_that_aws_would_refuse_is_a_blocker_with_its_place() -> None:
    result = _result(identity='{"Version": "2012-10-17",\n "Statement": [{"Effect": "Allow"}]}')
    assert result.findings[0].what == "identity.json:2:16: The statement has no Action."
    assert {finding.severity.value for finding in result.findings} == {"blocker"}
    assert "can't be read" in result.reason


def test_a_document_that_aws_would_refuse_leaves_it_to_the_storage_where_that_is_tried() -> None:
    result = _result(identity="{", offline=False)
    assert (result.status.value, result.reason) == ("failed", "")


def test_a_long_document_is_a_note() -> None:
    long = document(*ENOUGH["Statement"], allow("s3:GetObject", f"{OBJECTS}{'x' * 7000}"))
    assert any("6144" in one.what for one in _result(identity=long).findings if one.severity == "note")


def test_where_the_storage_is_tried_a_lack_is_a_warning() -> None:
    findings = _weighty(identity=_without("s3:PutObject"), offline=False)
    assert [(one.severity.value, one.breaks) for one in findings] == [("warning", ())]


def test_where_the_storage_is_tried_nothing_stays_unknown() -> None:
    result = _result(identity=document(*({**one, "Condition": ADDRESS} for one in ENOUGH["Statement"])), offline=False)
    assert result.reason == ""
    assert any("aws:SourceIp" in one.what for one in result.findings)


def test_the_verdict_is_not_ready_for_a_right_that_is_missing() -> None:
    ran = report(s3(), identity=DTR)
    assert ran.verdict.value == "not-ready"
    assert (ran.predictions[PUSH].outcome.value, ran.predictions[PUSH].because) == ("fails", ("s3.policy",))
