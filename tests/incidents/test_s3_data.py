"""Reported incidents of S3 and its like whose cause shows only when the storage is tried, each on a real gateway."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.scripted import Rule
from registry_preflight.fixtures.scripted_s3 import scripted_s3

from registry_preflight import Finding, Report

from ..checks.drivers import clone
from ..checks.findings import found
from ..oracle.s3_proof import foretell, seed_with

V2 = "reg/docker/registry/v2"
#: Incidents that no look at a config or a store shows beforehand, and why.
NOT_FOUND = {
    "s3-empty-blob-push-400": "a fault of old releases with empty blobs, whatever the config",
    "s3-signature-mismatch-intermittent": "a fault of the signer before 2.4, in one of some 25 pushes, whatever the config",
    "s3-tags-list-lexical-prefix": "a fault of 3.x in lists of tags, whatever the config; no stage goes by it",
    "gitlab-s3-large-push-eof-chunksize": "a line that breaks off after some hundred MB: a check that is to send less than"
    " 12 MiB does not get there",
}


def _findings(report: Report, check: str) -> list[Finding]:
    return [found for result in report.results if result.id == check for found in result.findings]


def _played(bucket: Bucket, *scripts: str | Rule, **parameters: object) -> Report:
    with scripted_s3(bucket, *scripts) as (place, _):
        return foretell(place.config(**parameters))


def test_gc_empty_registry(rgw_bucket: Bucket) -> None:
    """The root directory of the collection is another one than that of the images."""
    seed_with(rgw_bucket.config(rootdirectory="/images"))
    (finding,) = _findings(foretell(rgw_bucket.config()), "s3.other-root")
    assert "below 'images', and none below 'reg'" in finding.what


def test_s3_acl_disabled_bucket(rgw_bucket: Bucket) -> None:
    report = _played(rgw_bucket, "s3/acl-never-supported", objectacl="authenticated-read")
    (finding,) = _findings(report, "s3.write-object")
    assert finding.fix.startswith("Set objectacl: bucket-owner-full-control")


def test_s3_directory_marker_objects(rgw_bucket: Bucket) -> None:
    rgw_bucket.client().put_object(Bucket=rgw_bucket.name, Key=f"{V2}/repositories/", Body=b"")
    (finding,) = _findings(foretell(rgw_bucket.config()), "s3.stray-objects")
    assert f"{V2}/repositories/" in finding.what


def test_s3_distributed_minio_listing(rgw_bucket: Bucket) -> None:
    """Parts come back from the list with other sizes than were sent."""
    parts = (
        "<ListPartsResult><IsTruncated>false</IsTruncated>"
        "<Part><PartNumber>1</PartNumber><ETag>x</ETag><Size>2786962</Size></Part></ListPartsResult>"
    )
    report = _played(rgw_bucket, {"operation": "ListParts", "body": parts})
    (finding,) = _findings(report, "s3.list-parts")
    assert "wrong offset" in finding.why


def test_s3_minio_redirect_403_empty(rgw_bucket: Bucket) -> None:
    with scripted_s3(rgw_bucket, {"method": "HEAD", "path": ".*/data", "status": 403, "body": ""}) as (place, _):
        report = foretell(place.config(storage={"redirect": {"disable": False}}))
    (finding,) = _findings(report, "s3.presigned-urls")
    assert "before they push it" in finding.why


def test_s3_path_not_found_uploads_listing(rgw_bucket: Bucket) -> None:
    (finding,) = _findings(_played(rgw_bucket, "s3/uploads-not-listed"), "s3.list-uploads")
    assert "Path not found" in finding.why


def test_s3_presigned_credential_not_encoded(rgw_bucket: Bucket) -> None:
    """What stands before the store spoils the signature of the addresses that clients get."""
    spoilt: Rule = {
        "operation": "GetObject",
        "header": {"authorization": ""},
        "status": 403,
        "code": "SignatureDoesNotMatch",
    }
    report = _played_redirecting(rgw_bucket, spoilt)
    (finding,) = _findings(report, "s3.presigned-urls")
    assert "SignatureDoesNotMatch" in finding.what


def _played_redirecting(bucket: Bucket, rule: Rule) -> Report:
    with scripted_s3(bucket, rule) as (place, _):
        return foretell(place.config(storage={"redirect": {"disable": False}}))


def test_s3_too_many_stale_multipart_uploads(rgw_bucket: Bucket) -> None:
    uploads = "".join(f"<Upload><Key>reg/{n}</Key><UploadId>{n}</UploadId></Upload>" for n in range(1000))
    page = f"<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>{uploads}</ListMultipartUploadsResult>"
    report = _played(rgw_bucket, {"operation": "ListMultipartUploads", "body": page})
    (finding,) = _findings(report, "s3.abandoned-uploads")
    assert "more than 1,000" in finding.what


def test_s3_r2_equal_part_size() -> None:
    (finding,) = found("s3.equal-parts", clone("regionendpoint: 'https://acct.r2.cloudflarestorage.com'"))
    assert finding.fix.startswith("Raise chunksize")


@pytest.mark.parametrize("incident", NOT_FOUND)
def test_a_reason_is_given(incident: str) -> None:
    assert NOT_FOUND[incident]
