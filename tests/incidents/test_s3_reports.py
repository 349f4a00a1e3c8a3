"""Further reports of S3 and its like, each by where it stands: the cause is named, with its stage and what to do.

What a config shows is in `CONFIGS`. What a store shows is in `ANSWERS`, on a real gateway that answers a request as the
reported store did; what the real registry makes of such answers was tried with 2.8.2 for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.scripted import Rule
from registry_preflight.fixtures.scripted_s3 import scripted_s3

from registry_preflight import Finding, Report
from registry_preflight import foretell as read

from ..checks.drivers import clone, s3
from ..checks.findings import FILESYSTEM
from ..oracle.s3_proof import foretell

V2 = "reg/docker/registry/v2"


class Reported(NamedTuple):
    """A report, its config and the finding that names the cause; `fix` is a part of what to do, `breaks` its first stage."""

    source: str
    text: str
    check: str
    fix: str
    breaks: str = ""
    target: str = "registry-2.8"
    environment: Mapping[str, str] = {}


def variables(**given: str) -> dict[str, str]:
    """A registry that is configured by variables alone, as `docker run -e` does it."""
    names = {"REGISTRY_STORAGE": "s3"} | {f"REGISTRY_STORAGE_S3_{name}": value for name, value in given.items()}
    return {"REGISTRY_STORAGE_S3_BUCKET": "images", "REGISTRY_STORAGE_S3_REGION": "us-east-1"} | names


_AT_S3 = "https://s3.{}.amazonaws.com"

# fmt: off
CONFIGS = (
    Reported("goharbor/harbor#20789", s3("region: eu-central-2", "bucket: images"), "s3.region", _AT_S3.format("eu-central-2"), "start"),
    Reported("goharbor/harbor#7319", s3("region: ca-central-1", "bucket: images"), "s3.region", _AT_S3.format("ca-central-1"), "start", "registry-2.5"),
    Reported("distribution/distribution#4614", s3("region: af-south-1", "bucket: images"), "s3.region", _AT_S3.format("af-south-1"), "start"),
    Reported("distribution/distribution#3771", s3("region: us-gov-east-1", "bucket: images"), "s3.region", _AT_S3.format("us-gov-east-1"), "start"),
    Reported("docker-archive/for-aws#71", s3("region: us-east-2", "bucket: images"), "s3.region", _AT_S3.format("us-east-2"), "start", "dtr"),
    Reported("distribution/distribution#2498", FILESYSTEM, "s3.region", _AT_S3.format("ap-south-1"), "start", "registry-2.5", variables(REGION="ap-south-1")),
    Reported("openshift/oadp-operator#80", FILESYSTEM, "s3.region", "storage.s3.regionendpoint", "start", environment=variables(REGION="jp-tok")),
    Reported("distribution/distribution#2058", FILESYSTEM, "storage.required", "storage.s3.bucket", "start", environment=variables(BUCKET="")),
    Reported("docker/docs#13763", clone("region: -"), "storage.required", "storage.s3.region", "start"),
    Reported("openshift/cluster-image-registry-operator#752", clone("regionendpoint: fancy-emc-thing:9021", "region: -"), "s3.region", "storage.s3.region", target="registry-3.0"),
    Reported("gitpod-io/gitpod#10790", s3("region: eu-west-1", "regionendpoint: s3.amazonaws.com", "bucket: images"), "s3.endpoint-region", _AT_S3.format("eu-west-1")),
    Reported("distribution/distribution#4452", clone("regionendpoint: https://images.oss-ap-1.example.com", "bucket: images"), "s3.endpoint-bucket", "https://oss-ap-1.example.com", target="registry-3.0"),
    Reported("distribution/distribution#3612", FILESYSTEM, "storage.parameters", "NONE, STANDARD", "start", environment=variables(STORAGECLASS="INTELLIGENT_TIERING")),
    Reported("distribution/distribution#1835", s3("region: us-east-1", "bucket: images", "storageclass: STANDARD_IA"), "storage.parameters", "STANDARD", "start", "registry-2.5"),
    Reported("distribution/distribution#4857", clone("storageclass: EXPRESS_ONEZONE"), "s3.storage-class", "NONE", target="registry-3.1"),
    Reported("linode/docs#6744", clone("multipartcopythresholdsize: 53687091200"), "storage.parameters", "5368709120", "start"),
    Reported("distribution/distribution#2313", s3("region: us-west-1", "bucket: images", "v4auth: false"), "s3.signature", "storage.s3.v4auth", "start"),
    Reported("SAP/InfraBox#258", clone("regionendpoint: 'http://minio.example.com:443'", "secure: true"), "s3.endpoint", "https://minio.example.com"),
    Reported("helm/charts#5866", clone("regionendpoint: ceph.local"), "s3.endpoint", "storage.s3.regionendpoint: https://ceph.local"),
    Reported("goharbor/harbor-helm#852", clone("regionendpoint: https://10.64.13.102", "secure: false"), "s3.scheme", "storage.s3.secure"),
    Reported("goharbor/harbor#23050", clone("regionendpoint: https://s3.internal.home"), "s3.redirect", "storage.redirect.disable: true"),
    Reported("distribution/distribution#1285", FILESYSTEM, "s3.credentials", "blank keys", environment=variables(ACCESSKEY="", SECRETKEY="")),
    Reported("distribution/distribution#1819", s3("regionendpoint: https://s3-ap-southeast-2.amazonaws.com", "region: ap-southeast-2", "accesskey: -", "secretkey: -"), "s3.credential-chain", "Remove storage.s3.regionendpoint", target="registry-2.5"),
    Reported("goharbor/harbor#12888", s3("accesskey: -", "secretkey: -"), "s3.credential-chain", "run a 3.x release", environment={"AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"}),
    Reported("distribution/distribution#1712", clone("region: -", "regionendpoint: s3-website-us-gov-west-1.amazonaws.com"), "storage.required", "storage.s3.region", "start", "registry-2.5"),
    Reported("twuni/docker-registry.helm#163", clone("regionendpoint: 'http://minio:9000'"), "s3.path-style", "storage.s3.forcepathstyle: true", target="registry-3.0"),
    Reported("twuni/docker-registry.helm#71", s3("secretkey: -"), "s3.credentials", "Set storage.s3.secretkey"),
    Reported("a bucket with its host", s3("bucket: images.s3.amazonaws.com"), "s3.bucket", "storage.s3.bucket: images"),
    Reported("uploadpurging switched off in one word", s3(beside="  maintenance: {uploadpurging: false}\n"), "storage.upload-purging", "Write uploadpurging: {enabled: true", "start"),
    Reported("distribution/distribution#1982", FILESYSTEM, "environment.misspelt", "REGISTRY_STORAGE_S3_ACCESSKEY", environment=variables(ACCESS_KEY="AKIAIOSFODNN7QWERTYU")),
    Reported("distribution/distribution#2574", FILESYSTEM, "environment.misspelt", "Unset it", environment=variables(STORAGE_PATH="/docker_repo")),
    Reported("openshift/cluster-image-registry-operator#1028", FILESYSTEM, "environment.misspelt", "Unset it", environment=variables(VIRTUALHOSTEDSTYLE="true")),
    Reported("zarf-dev/zarf#5312", FILESYSTEM, "storage.driver", "REGISTRY_STORAGE", "start", environment={"REGISTRY_STORAGE_S3_BUCKET": "images", "REGISTRY_STORAGE_S3_REGION": "us-east-1"}),
    Reported("distribution/distribution#3038", FILESYSTEM, "config.variables", "double quotes", "start", environment=variables(SECRETKEY="[secret")),
    Reported("distribution/distribution#3636", FILESYSTEM, "config.variables", "double quotes", "start", environment={"REGISTRY_HTTP_SECRET": ">Z4&t2CyKuNp}qy2"}),
    Reported("goharbor/harbor-helm: disableredirect", s3("region: us-east-1", "bucket: images", "disableredirect: true"), "config.unknown-keys", "storage.redirect.disable"),
    Reported("twuni/docker-registry.helm: its values", "storage: s3\nsecrets: {s3: {accessKey: a}}\ns3: {region: us-east-1, bucket: images}\n", "config.kind", "renders", "start"),
    Reported("omnibus-gitlab: its gitlab.rb", "registry['storage'] = {\n  's3' => {\n    'bucket' => 'images'\n  }\n}\n", "config.kind", "gitlab-ctl reconfigure", "start"),
    Reported("a template, not rendered", s3("region: us-east-1", "bucket: {{ bucket }}"), "config.yaml", "render it first", "start"),
)
# fmt: on


@pytest.mark.parametrize("case", CONFIGS, ids=lambda case: f"{case.source} {case.target}")
def test_a_config_shows_the_cause(case: Reported) -> None:
    said = _findings(read(case.text, case.environment, case.target), case.check)
    named = [finding for finding in said if case.fix in finding.fix]
    assert [[stage.value for stage in finding.breaks][:1] for finding in named][:1] == [
        [case.breaks] if case.breaks else []
    ]


class Answered(NamedTuple):
    """A report, what the store answered, and the finding that names it."""

    source: str
    rule: Rule
    check: str
    fix: str
    breaks: str = "push"


# fmt: off
ANSWERS = (
    Answered("minio/minio#6273", {"operation": "ListMultipartUploads", "status": 501, "code": "NotImplemented"}, "s3.list-uploads", "has ListMultipartUploads"),
    Answered("seaweedfs/seaweedfs#10270", {"operation": "UploadPartCopy", "status": 400, "code": "InvalidArgument", "message": "Copy Source must mention the source bucket and key"}, "s3.copy-parts", "Raise multipartcopythresholdsize"),
    Answered("goharbor/harbor#12317", {"operation": "UploadPartCopy", "status": 404, "code": "NoSuchKey"}, "s3.copy-parts", "Raise multipartcopythresholdsize"),
    Answered("distribution/distribution#1948", {"operation": "ListParts", "status": 404, "code": "NoSuchUpload"}, "s3.list-parts", "nodes share"),
    Answered("goharbor/harbor#17582", {"operation": "CompleteMultipartUpload", "status": 200, "body": "<Error><Code>InternalError</Code></Error>"}, "s3.complete-upload", "store's own log"),
    Answered("a proxy's limit of bodies", {"operation": ["UploadPart", "PutObject"], "status": 413, "body": "<html>413 Request Entity Too Large</html>"}, "s3.write-object", "client_max_body_size"),
    Answered("a firewall for the web", {"operation": "UploadPart", "status": 403, "body": "<html>blocked</html>"}, "s3.upload-parts", "not the store but something before it"),
    Answered("a proxy without DELETE by POST", {"operation": "DeleteObjects", "status": 405, "code": "MethodNotAllowed"}, "s3.delete-objects", "Let DeleteObjects pass"),
    Answered("a store without x-amz-acl", {"operation": ["PutObject", "CreateMultipartUpload"], "status": 501, "code": "NotImplemented", "message": "A header you provided implies functionality that is not implemented: x-amz-acl"}, "s3.write-object", "x-amz-acl"),
    Answered("a cap of Backblaze", {"operation": ["PutObject", "UploadPart", "CreateMultipartUpload"], "status": 403, "code": "AccessDenied", "message": "Storage cap exceeded, see the Caps & Alerts page"}, "s3.write-object", "Raise the cap"),
    Answered("an account that is not paid", {"operation": "*", "status": 403, "code": "AccountProblem"}, "s3.bucket-exists", "Ask the provider"),
    Answered("a login page before reads", {"operation": "GetObject", "status": 200, "body": "<html>login</html>"}, "s3.read-object", "changes the content", "pull"),
    Answered("a store without ranges", {"operation": "GetObject", "header": {"range": ".+"}, "status": 416, "code": "InvalidRange"}, "s3.read-object", "Range header", "gc"),
    Answered("a store that shows nothing", {"operation": ["ListObjects", "ListObjectsV2"], "body": "<ListBucketResult></ListBucketResult>"}, "s3.complete-upload", "at once", "pull"),
    Answered("a list by its second version", {"operation": "ListObjectsV2", "status": 501, "code": "NotImplemented"}, "s3.list-objects", "Use a store", "gc"),
)
# fmt: on


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.source)
def test_a_store_shows_the_cause(rgw_bucket: Bucket, case: Answered) -> None:
    with scripted_s3(rgw_bucket, case.rule) as (place, _):
        report = foretell(place.config())
    (finding,) = _findings(report, case.check)
    assert case.fix in finding.fix
    assert finding.breaks[0].value == case.breaks or case.breaks in [stage.value for stage in finding.breaks]
    assert report.root_causes == (case.check,)


def test_a_cache_starts_with_a_request_to_its_storage(rgw_bucket: Bucket) -> None:
    """distribution/distribution#4359: scheduler-state.json can't be looked up, and the registry panics."""
    config = rgw_bucket.config(secretkey="another") + "proxy: {remoteurl: 'https://registry-1.docker.io'}\n"
    report = foretell(config)
    assert {stage.value: told.outcome.value for stage, told in report.predictions.items()}["start"] == "fails"
    assert report.root_causes == ("s3.identity",)


MARKS = {"": True, "team/app/_uploads/": True, "team/app/_manifests/": False}


@pytest.mark.parametrize("mark", MARKS)
def test_a_directory_s_mark_ends_the_registry_in_its_purge_of_uploads(rgw_bucket: Bucket, mark: str) -> None:
    """distribution/distribution#4358, #4713, #2820, goharbor/harbor#21172, #23784, #23795: index out of range."""
    rgw_bucket.client().put_object(Bucket=rgw_bucket.name, Key=f"{V2}/repositories/{mark}", Body=b"")
    purging = {"age": "168h", "interval": "24h", "dryrun": False}
    for enabled in (True, False):
        config = rgw_bucket.config(storage={"maintenance": {"uploadpurging": purging | {"enabled": enabled}}})
        (finding,) = _findings(foretell(config), "s3.stray-objects")
        assert (finding.severity.value == "blocker") is (MARKS[mark] and enabled)


def _findings(report: Report, check: str) -> list[Finding]:
    return [found for result in report.results if result.id == check for found in result.findings]
