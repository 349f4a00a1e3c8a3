"""Reported incidents whose cause a config or its environment shows: s3 and its like, azure, swift, and DTR's replicas.

Each id is that of the collection of incidents: what people ran into with real registries. The config is completed to
one that a registry could be given; what counts is that the tool names the cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from registry_preflight import foretell

from ..checks.drivers import azure, s3, swift


class Incident(NamedTuple):
    """An incident and the finding that names its cause; `place` is the path or the variable of that finding."""

    id: str
    text: str
    check: str
    severity: str
    place: str
    environment: Mapping[str, str] = {}
    target: str = "registry-2.8"


NO_KEYS = ("accesskey: -", "secretkey: -")
ENDPOINT = "storage.s3.regionendpoint"
AZURE_URL = "container: 'https://acct.blob.core.windows.net/registry'"
ROLE = {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1"}
VERSION_1 = {"SETTINGS_FLAVOR": "s3", "AWS_BUCKET": "b", "AWS_KEY": "A", "AWS_SECRET": "S", "STORAGE_PATH": "/registry"}
LEFTOVER = {
    "REGISTRY_STORAGE": "s3",
    "REGISTRY_STORAGE_S3_REGIONENDPOINT": "https://old-minio",
    "REGISTRY_STORAGE_S3_REGION": "us-east-1",
    "REGISTRY_STORAGE_S3_BUCKET": "aws-bucket",
}
QUOTES = "accesskey: '\"AKIAQQQQWWWWEEEERRRR\"'"
DOCUMENTED = ("regionendpoint: 'http://10.0.0.5:9000'", "bucket: registry", "keyid: mykeyid", "encrypt: true")
INSIDE = ("regionendpoint: 'http://minio.svc:9000'", "secure: false", "region: us-west-1", "bucket: docker")
HTTPS_ONLY = ("region: ch-dk-2", "regionendpoint: 'https://sos-ch-dk-2.exo.io'", "secure: false")
TWICE = ("regionendpoint: 'https://mybucket.s3.example.com'", "bucket: mybucket")
NO_SCHEME = ("regionendpoint: minio.default.svc.cluster.local", "secure: false")
NO_WILDCARD = ("regionendpoint: 'https://s3.example.net'", "bucket: mybucket")
CLOUDFRONT = (
    "middleware:\n  storage:\n    - name: cloudfront\n      options: {baseurl: 'https://d1.cloudfront.net/',"
    " privatekey: /certs/rsa.pem, keypairid: APKAEX}\n"
)
TENANT = ("tenant: 12345678901234567890", "authurl: 'https://k/v2.0'", "domain: -")
NO_DOMAIN = ("authurl: 'https://keystone/v3'", "tenant: ops", "domain: -")
REDIRECTED = "  redirect: {disable: false}\n"
REPLICAS = "filesystem:\n  rootdirectory: /local\n"
NO_LOGIN = "version: 0.1\nstorage: {swift: {container: c, username: u, password: p, authurl: ''}}\n"

FOUND = (
    Incident("azure-container-is-url", azure(AZURE_URL), "azure.container", "blocker", "storage.azure.container"),
    Incident(
        "azure-key-not-base64",
        azure("accountkey: 'not-a-key'"),
        "storage.parameters",
        "blocker",
        "storage.azure.accountkey",
    ),
    Incident(
        "cfg-v1-variables-on-v2",
        "version: 0.1\nstorage: {filesystem: {}}\n",
        "environment.v1-variables",
        "warning",
        "SETTINGS_FLAVOR",
        VERSION_1,
    ),
    Incident("s3-10000-parts-limit", s3("chunksize: 10485760"), "s3.chunks", "note", "storage.s3.chunksize"),
    Incident("s3-access-key-id-malformed", s3(QUOTES), "s3.access-key", "blocker", "storage.s3.accesskey"),
    Incident(
        "s3-blank-keys-become-nil", s3("accesskey:", "secretkey:"), "s3.credentials", "warning", "storage.s3.accesskey"
    ),
    Incident(
        "s3-bucket-contains-slash",
        s3("region: eu-west-1", "bucket: bucket/folder"),
        "s3.bucket",
        "blocker",
        "storage.s3.bucket",
    ),
    Incident(
        "s3-cloudfront-middleware-panic",
        s3(beside=CLOUDFRONT),
        "middleware.cloudfront",
        "blocker",
        "middleware.storage[0].options.privatekey",
    ),
    Incident("s3-copy-over-5gib", s3(), "s3.chunks", "note", "storage.s3.chunksize", {}, "registry-2.5"),
    Incident(
        "s3-ecs-task-role-unsupported",
        s3(*NO_KEYS),
        "s3.credential-chain",
        "warning",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        ROLE,
        "registry-2.7",
    ),
    Incident(
        "s3-region-is-endpoint-hostname",
        s3("region: s3.eu-west-2.amazonaws.com"),
        "s3.region",
        "blocker",
        "storage.s3.region",
    ),
    Incident(
        "s3-switch-backend-leftover-endpoint",
        "version: 0.1\nstorage: {filesystem: {}}\n",
        "s3.leftover-endpoint",
        "note",
        "REGISTRY_STORAGE_S3_REGIONENDPOINT",
        LEFTOVER,
    ),
    Incident("s3-endpoint-without-scheme", s3(*NO_SCHEME), "s3.endpoint", "warning", ENDPOINT),
    Incident("s3-keyid-placeholder-sent", s3(*DOCUMENTED), "s3.encryption", "blocker", "storage.s3.keyid"),
    Incident("s3-operator-bucket-in-endpoint", s3(*TWICE), "s3.endpoint-bucket", "blocker", ENDPOINT),
    Incident(
        "s3-presigned-url-through-rewriting-proxy",
        s3(*INSIDE, beside=REDIRECTED),
        "s3.redirect",
        "warning",
        ENDPOINT,
    ),
    Incident("s3-secure-false-against-https", s3(*HTTPS_ONLY), "s3.scheme", "warning", "storage.s3.secure"),
    Incident(
        "s3-transport-ignores-proxy-env-release",
        s3("skipverify: true"),
        "environment.proxy",
        "warning",
        "storage.s3.skipverify",
        {"HTTPS_PROXY": "http://proxy:3128"},
    ),
    Incident("s3-v3-forcepathstyle", s3(*NO_WILDCARD), "s3.path-style", "warning", ENDPOINT, {}, "registry-3.1"),
    Incident(
        "swift-numeric-tenant-yaml-int",
        swift(*TENANT),
        "storage.parameters",
        "blocker",
        "storage.swift.tenant",
        {},
        "registry-2.5",
    ),
    Incident("swift-operator-authurl-missing", NO_LOGIN, "storage.required", "blocker", "storage.swift.authurl"),
    Incident("swift-v3-domain-missing", swift(*NO_DOMAIN), "swift.domain", "blocker", "storage.swift.domain"),
    Incident(
        "dtr-ha-replicas-local-filesystem",
        REPLICAS,
        "filesystem.dtr",
        "note",
        "storage.filesystem",
        {},
        "registry-2.5",
    ),
)

#: Why nothing is found, where nothing can be.
NOT_FOUND = {
    "harbor-helm-swift-password-not-base64": "the fault is in a Kubernetes Secret that a chart renders; the registry's"
    " config, which the tool is given, does not come into being",
}


@pytest.mark.parametrize("incident", FOUND, ids=lambda incident: incident.id)
def test_the_cause_is_found(incident: Incident) -> None:
    report = foretell(incident.text, incident.environment, incident.target)
    findings = [found for result in report.results if result.id == incident.check for found in result.findings]
    there = [found.severity for found in findings if incident.place in (found.where.path, found.where.variable)]
    assert incident.severity in there


BLOCKERS = [incident for incident in FOUND if incident.severity == "blocker"]


@pytest.mark.parametrize("incident", BLOCKERS, ids=lambda incident: incident.id)
def test_a_blocker_is_among_the_root_causes(incident: Incident) -> None:
    assert incident.check in foretell(incident.text, incident.environment, incident.target).root_causes


def test_nothing_is_both_found_and_given_up() -> None:
    assert not {incident.id for incident in FOUND} & NOT_FOUND.keys()
