"""Reports from public trackers that are not in the collection: the config as reported, and the check that names its cause.

Each is called by the repository and the number of its thread; the text is the least that still shows the fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from registry_preflight import Stage, foretell

from ..checks.drivers import azure, gcs, oss, swift
from ..checks.findings import FILESYSTEM


class Reported(NamedTuple):
    """A thread, what was given to the registry, and what is foretold: `cause` is the one root cause, or a check that warns."""

    thread: str
    cause: str
    text: str = FILESYSTEM
    environment: Mapping[str, str] = {}
    target: str = "registry-2.8"
    fails: str = "start"


OPERATOR = (
    "apiVersion: imageregistry.operator.openshift.io/v1\nkind: Config\nspec:\n  storage: {emptyDir: {}, s3: {}}\n"
)
HEAD = "version: 0.1\nhttp: {addr: ':5000', secret: s}\n"
BESIDE = f"{HEAD}storage:\n  filesystem: {{rootdirectory: /r}}\n"
PROXIED = {"REGISTRY_PROXY_REMOTEURL": "https://registry-1.docker.io", "REGISTRY_PROXY_PASSWORD": "&!word"}
OLD_PATH = {"REGISTRY_STORAGE_PATH": "/registry", "REGISTRY_STORAGE": "filesystem"}
CONTAINER = {
    "REGISTRY_STORAGE": "azure",
    "REGISTRY_STORAGE_AZURE_ACCOUNTNAME": "images",
    "REGISTRY_STORAGE_AZURE_ACCOUNTKEY": f"{'A' * 86}==",
    "REGISTRY_STORAGE_AZURE_CONTAINERNAME": "registry",
}
OUTSIDE = {"HTTP_PROXY": "http://proxy:911", "NO_PROXY": "10.0.0.0/8,localhost"}
LINK = {"REGISTRY_AUTH_PORT": "tcp://12.3.4.5:80", "REGISTRY_AUTH_SERVICE_HOST": "12.3.4.5"}
PURGING = "REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_AGE"

# fmt: off
REPORTED = (
    Reported("distribution/distribution#3653", "environment.kubernetes", environment=LINK),
    Reported("distribution/distribution#1736", "storage.upload-purging", environment={PURGING: "111168h"}),
    Reported("distribution/distribution#1180", "config.variables", environment=OLD_PATH),
    Reported("distribution/distribution#511", "storage.driver", f"{BESIDE}  tag: {{concurrencylimit: 5}}\n"),
    Reported("goharbor/harbor#6137", "storage.driver", f"{BESIDE}  s3: {{region: us-east-1, bucket: images}}\n"),
    Reported("goharbor/harbor#1509", "config.yaml", f"{HEAD}storage:\n  cache: {{layerinfo: inmemory}}\n\tswift:\n"),
    Reported("bitnami/charts#1954", "config.yaml", f"{HEAD}storage: {{filesystem: {{}}}}\nredis: {{password: @word}}\n"),
    Reported("twuni/docker-registry.helm#24", "config.variables", environment=PROXIED),
    Reported("openshift/hypershift#187", "config.kind", OPERATOR),
    Reported("goharbor/harbor#13214", "config.kind", "storage_service: {filesystem: {rootdirectory: /data/registry}}\n"),
    Reported("kontena/kontena#863", "storage.required", environment=CONTAINER),
    Reported("openshift/openshift-azure#9", "storage.parameters", azure("accountkey: REGISTRY_STORAGE_ACCOUNT_KEY")),
    Reported("distribution/distribution#4618", "azure.credentials", azure("credentials: {type: default_credentials}", "accountkey: -"),
             target="registry-3.0", fails="push"),
    Reported("distribution/distribution#1044", "swift.auth-version", swift("authurl: http://example.com/auth/1.0")),
    Reported("distribution/distribution#1879", "swift.domain", swift("domain: -")),
    Reported("distribution/distribution#1215", "swift.tenant", swift("authurl: http://k:5000/v2.0", "tenant: -"), fails=""),
    Reported("distribution/distribution#1154", "swift.prefix", swift("rootdirectory: /swift/object"), fails=""),
    Reported("distribution/distribution#885", "environment.proxy", swift("authurl: http://10.1.2.3:5000/v3"), OUTSIDE,
             "registry-2.5", ""),
    Reported("openshift/cluster-image-registry-operator#410", "storage.parameters", swift('authversion: "3"')),
    Reported("goharbor/harbor#15519", "storage.required", swift("password: -")),
    Reported("distribution/distribution#3389", "storage.driver", oss(), target="registry-3.1"),
    Reported("denverdino/aliyungo#33", "oss.redirects", oss("internal: true"), fails=""),
    Reported("goharbor/harbor#9702", "oss.endpoint", oss("endpoint: oss-ap-southeast-1.aliyuncs.com")),
    Reported("goharbor/harbor-helm#1038", "gcs.credentials", gcs("keyfile: /etc/registry/gcs-key.json")),
    Reported("distribution/distribution#2519", "http.secret", "version: 0.1\nstorage: {filesystem: {}}\n", fails=""),
)
# fmt: on


@pytest.mark.parametrize("reported", REPORTED, ids=lambda reported: reported.thread)
def test_the_cause_is_named(reported: Reported) -> None:
    report = foretell(reported.text, reported.environment, reported.target)
    if not reported.fails:
        assert [result.status.value for result in report.results if result.id == reported.cause] == ["warned"]
        return
    assert report.root_causes == (reported.cause,)
    assert report.predictions[Stage(reported.fails)].outcome.value == "fails"
