"""The checks of a bucket's own settings, on a real gateway, where need be with the answers of other stores before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.scripted import Rule
from registry_preflight.fixtures.scripted_s3 import scripted_s3

from registry_preflight import Finding, Options, check_config, load_config

GLACIER = "<Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition>"
EXPIRES = "<Expiration><Days>90</Days></Expiration>"
ABORTS = "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>"


def _setting(operation: str, root: str, inside: str) -> Rule:
    return {"operation": f"GetBucket{operation}", "body": f"<{root}>{inside}</{root}>"}


def _lifecycle(action: str, prefix: str = "", status: str = "Enabled") -> Rule:
    rule = f"<Rule><ID>old</ID><Filter><Prefix>{prefix}</Prefix></Filter><Status>{status}</Status>{action}</Rule>"
    return _setting("LifecycleConfiguration", "LifecycleConfiguration", rule)


@contextmanager
def _played(bucket: Bucket, *rules: Rule) -> Iterator[Bucket]:
    with scripted_s3(bucket, *rules) as (place, _):
        yield place


def _found(bucket: Bucket, check: str, *rules: Rule, min_free: int = 0, **parameters: object) -> list[Finding]:
    with _played(bucket, *rules) as place:
        text = place.config(**parameters).encode()
        options = Options(min_free=min_free, select=(check,))
        report = check_config(load_config(text, {}, "registry-2.8", options=options))
    (result,) = [result for result in report.results if result.id == check]
    assert result.status not in ("broken", "skipped"), result.reason
    return list(result.findings)


@pytest.mark.parametrize("prefix", ["", "reg", "reg/docker/registry/v2/blobs/"])
@pytest.mark.parametrize("action", [EXPIRES, GLACIER])
def test_a_rule_that_takes_live_blobs_is_a_blocker(rgw_bucket: Bucket, prefix: str, action: str) -> None:
    (finding,) = _found(rgw_bucket, "s3.lifecycle", _lifecycle(action, prefix))
    assert finding.severity == "blocker"


@pytest.mark.parametrize(
    "rule", [_lifecycle(EXPIRES, "logs/"), _lifecycle(EXPIRES, status="Disabled"), _lifecycle(ABORTS)]
)
def test_a_rule_that_leaves_the_registry_alone_is_none(rgw_bucket: Bucket, rule: Rule) -> None:
    assert _found(rgw_bucket, "s3.lifecycle", rule) == []


def test_no_rule_for_abandoned_uploads_is_a_note(rgw_bucket: Bucket) -> None:
    (finding,) = _found(rgw_bucket, "s3.abandoned-uploads")
    assert finding.severity == "note"


def test_a_rule_for_abandoned_uploads_is_enough(rgw_bucket: Bucket) -> None:
    assert _found(rgw_bucket, "s3.abandoned-uploads", _lifecycle(ABORTS)) == []


def test_a_versioned_bucket_frees_nothing(rgw_bucket: Bucket) -> None:
    rgw_bucket.client().put_bucket_versioning(Bucket=rgw_bucket.name, VersioningConfiguration={"Status": "Enabled"})
    (finding,) = _found(rgw_bucket, "s3.versioning")
    assert finding.severity == "warning"


def test_a_versioned_bucket_that_cleans_up_is_well(rgw_bucket: Bucket) -> None:
    rgw_bucket.client().put_bucket_versioning(Bucket=rgw_bucket.name, VersioningConfiguration={"Status": "Enabled"})
    rule = _lifecycle("<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>")
    assert _found(rgw_bucket, "s3.versioning", rule) == []


def test_a_lock_with_retention_is_told(rgw: Cluster) -> None:
    with rgw.bucket(ObjectLockEnabledForBucket=True) as bucket:
        retention = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
        bucket.client().put_object_lock_configuration(
            Bucket=bucket.name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": retention}
        )
        (finding,) = _found(bucket, "s3.object-lock")
    assert "GOVERNANCE, 1 days" in finding.what


@pytest.mark.parametrize(("acl", "count"), [("public-read", 1), ("bucket-owner-full-control", 0), (None, 0)])
def test_an_acl_in_a_bucket_without_acls(rgw_bucket: Bucket, acl: str | None, count: int) -> None:
    rule = _setting(
        "OwnershipControls", "OwnershipControls", "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
    )
    assert len(_found(rgw_bucket, "s3.ownership", rule, objectacl=acl)) == count


def test_a_requester_who_pays(rgw_bucket: Bucket) -> None:
    rule = _setting("RequestPayment", "RequestPaymentConfiguration", "<Payer>Requester</Payer>")
    assert [finding.severity for finding in _found(rgw_bucket, "s3.requester-pays", rule)] == ["warning"]


def test_objects_for_everybody(rgw_bucket: Bucket) -> None:
    (finding,) = _found(rgw_bucket, "s3.public-access", objectacl="public-read")
    assert "public-read" in finding.what


def test_a_replicated_bucket(rgw_bucket: Bucket) -> None:
    rule = _setting("Replication", "ReplicationConfiguration", "<Rule><Status>Enabled</Status></Rule>")
    assert [finding.severity for finding in _found(rgw_bucket, "s3.replication", rule)] == ["note"]


def test_a_bucket_with_a_key_of_its_own(rgw_bucket: Bucket) -> None:
    inside = (
        "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
        "<KMSMasterKeyID>arn:aws:kms:x:1:key/2</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule>"
    )
    (finding,) = _found(
        rgw_bucket, "s3.bucket-encryption", _setting("Encryption", "ServerSideEncryptionConfiguration", inside)
    )
    assert "arn:aws:kms:x:1:key/2" in finding.what


def test_an_archived_object(rgw_bucket: Bucket) -> None:
    key = "reg/docker/registry/v2/blobs/sha256/aa/" + "a" * 64 + "/data"
    body = f"<ListBucketResult><Contents><Key>{key}</Key><Size>9</Size><StorageClass>GLACIER</StorageClass></Contents></ListBucketResult>"
    (finding,) = _found(rgw_bucket, "s3.archived-objects", {"operation": "ListObjectsV2", "body": body})
    assert set(finding.evidence) == {key}


def test_a_store_that_answers_everything_with_a_list_has_no_settings(rgw_bucket: Bucket) -> None:
    """Ceph does so with what it does not know."""
    assert _found(rgw_bucket, "s3.bucket-encryption") == []


def test_a_quota_that_the_owner_sees(rgw: Cluster, rgw_bucket: Bucket) -> None:
    rgw.admin.limit_bucket(rgw_bucket.name, rgw_bucket.owner, 1 << 30)
    (finding,) = _found(rgw_bucket, "s3.store-quota", min_free=10 << 30)
    assert (finding.severity, finding.breaks) == ("blocker", ())


def test_what_an_interrupted_check_left(rgw_bucket: Bucket) -> None:
    key = "reg/docker/registry/v2/repositories/registry-preflight-20260101000000-0badcafe/_uploads/x/startedat"
    rgw_bucket.client().put_object(Bucket=rgw_bucket.name, Key=key, Body=b"2026-01-01T00:00:00Z")
    (finding,) = _found(rgw_bucket, "s3.leftovers")
    assert finding.evidence == (key,)


def test_a_repository_of_somebody_else_is_no_leftover(rgw_bucket: Bucket) -> None:
    key = "reg/docker/registry/v2/repositories/registry-preflighted/_uploads/x/startedat"
    rgw_bucket.client().put_object(Bucket=rgw_bucket.name, Key=key, Body=b"2026-01-01T00:00:00Z")
    assert _found(rgw_bucket, "s3.leftovers") == []
