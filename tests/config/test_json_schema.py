"""The JSON Schema of the config: valid, and as strict as the registry where it speaks."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import yaml

from registry_preflight.config.json_schema import config_schema
from registry_preflight.config.tables import release

EVERY = ("registry-2.5", "registry-2.7", "registry-2.8", "registry-3.0", "registry-3.1")
S3 = "version: 0.1\nstorage: {s3: {region: us-east-1, bucket: b}}\n"


def faults(text: str, target: str = "registry-2.8") -> list[Any]:
    validator = jsonschema.Draft202012Validator(config_schema(release(target)))
    return list(validator.iter_errors(yaml.safe_load(text)))


@pytest.mark.parametrize("target", EVERY)
def test_it_is_a_schema(target: str) -> None:
    jsonschema.Draft202012Validator.check_schema(config_schema(release(target)))


@pytest.mark.parametrize("target", EVERY)
@pytest.mark.parametrize(
    "text",
    [
        S3,
        "version: '0.1'\nstorage: inmemory\n",
        "version: 0.1\nstorage: {filesystem: ~}\n",
        f"{S3}http: {{addr: ':5000', headers: {{X: [nosniff]}}}}\nlog: {{level: WARN}}\n",
        f"{S3}health: {{storagedriver: {{enabled: true, interval: 10s}}}}\n",
        f"{S3}notifications: {{endpoints: [{{name: a, url: 'http://h', timeout: 1s}}]}}\n",
    ],
)
def test_a_good_config_is_valid(text: str, target: str) -> None:
    assert faults(text, target) == []


@pytest.mark.parametrize(
    "text",
    [
        "storage: inmemory\n",
        "version: 0.2\nstorage: inmemory\n",
        "version: 0.1\n",
        "version: 0.1\nstorage: floppy\n",
        "version: 0.1\nstorage: {s3: {region: us-east-1, bucket: b}, inmemory: {}}\n",
        "version: 0.1\nstorage: {s3: {region: us-east-1}}\n",
        "version: 0.1\nstorage: {s3: {region: us-east-1, bucket: b, bukket: c}}\n",
        f"{S3}htpp: {{}}\n",
        f"{S3}http: {{adr: x}}\n",
        f"{S3}log: {{level: loud}}\n",
        f"{S3}health: {{storagedriver: {{interval: 7d}}}}\n",
        "version: 0.1\nstorage: {s3: {region: us-east-1, bucket: b, chunksize: 5}}\n",
        "version: 0.1\nstorage: {s3: {region: us-east-1, bucket: b, encrypt: 'yes'}}\n",
    ],
)
def test_a_bad_one_is_not(text: str) -> None:
    assert faults(text) != []


def test_a_driver_that_the_release_lacks_is_no_choice() -> None:
    assert (
        faults("version: 0.1\nstorage: {swift: {username: u, password: p, authurl: a, container: c}}\n", "registry-3.1")
        != []
    )


def test_secrets_are_marked() -> None:
    schema: Any = config_schema(release("registry-2.8"))
    assert schema["properties"]["http"]["properties"]["secret"]["writeOnly"] is True
