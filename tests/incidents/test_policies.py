"""Reported incidents whose cause is a policy, found from the documents alone.

`s3-v3-health-path-enclosed` is not among them: its thread did not settle whether rights were the cause.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from ..iam.proving import ARN, ON_BUCKET, ON_OBJECTS, USER, allow, document, report, s3

HEALTH = "health: {storagedriver: {enabled: true, interval: 10s, threshold: 3}}\n"
BELOW = {"StringLike": {"s3:prefix": ["foobar/*"]}}
OWNED = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}


class Incident(NamedTuple):
    """An incident, the documents that it happened with, and what the finding says and breaks."""

    id: str
    text: str
    policies: dict[str, Any]
    what: str
    breaks: set[str]


FOUND = (
    Incident(
        "s3-policy-prefix-condition-vs-rootdirectory",
        s3(top=HEALTH).replace("/reg", "/foobar"),
        {
            "identity": document(
                allow("s3:ListBucket", ARN, Condition=BELOW),
                allow("s3:ListBucketMultipartUploads", ARN),
                allow(ON_OBJECTS, f"{ARN}/foobar/*"),
            )
        },
        "s3:ListBucket on the bucket images is not allowed by a policy of the identity.",
        set(),
    ),
    Incident(
        "s3-readonly-credentials",
        s3(),
        {"identity": document(allow(["s3:ListBucket", "s3:GetObject"], [ARN, f"{ARN}/*"]))},
        "s3:ListBucketMultipartUploads on the bucket images and s3:PutObject and s3:ListMultipartUploadParts on objects of"
        " the registry are not allowed by a policy of the identity.",
        {"push"},
    ),
    Incident(
        "s3-cross-account-object-owner",
        s3(),
        {
            "identity": document(allow(ON_BUCKET, ARN)),
            "bucket": document(
                allow([one for one in ON_OBJECTS if one != "s3:PutObject"], f"{ARN}/*", Principal={"AWS": USER}),
                allow("s3:PutObject", f"{ARN}/*", Principal={"AWS": USER}, Condition=OWNED),
            ),
        },
        "s3:PutObject on objects of the registry is allowed neither by a policy of the identity nor by the bucket's policy.",
        {"push"},
    ),
)


@pytest.mark.parametrize("incident", FOUND, ids=[incident.id for incident in FOUND])
def test_the_cause_is_named(incident: Incident) -> None:
    results = report(incident.text, principal=USER, **incident.policies).results
    (findings,) = (result.findings for result in results if result.id == "s3.policy")
    assert (incident.what, incident.breaks) in [(one.what, {stage.value for stage in one.breaks}) for one in findings]


def test_the_owner_asks_for_an_access_list_that_gives_him_the_objects() -> None:
    """The mended config sends it, and needs the right to."""
    owned = FOUND[-1]
    rights = document(allow(ON_BUCKET, ARN), allow("s3:PutObjectAcl", f"{ARN}/*"))
    policies = {**owned.policies, "identity": rights}
    results = report(s3("objectacl: bucket-owner-full-control"), principal=USER, **policies).results
    (findings,) = (result.findings for result in results if result.id == "s3.policy")
    assert [one for one in findings if one.severity != "note"] == []
