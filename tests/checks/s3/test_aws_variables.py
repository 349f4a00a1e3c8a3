"""`s3.aws-variables`: what it finds, and what it leaves alone."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.registry import Registry

from registry_preflight import START, foretell

from ..drivers import clone, s3
from ..findings import found

TOKEN = {"AWS_WEB_IDENTITY_TOKEN_FILE": "/token"}
NO_KEYS = ("accesskey: -", "secretkey: -")


def test_no_release_reads_the_address_of_newer_libraries() -> None:
    (finding,) = found("s3.aws-variables", s3(), {"AWS_ENDPOINT_URL": "https://store.example"})
    assert (finding.severity, finding.where.variable, finding.breaks) == ("warning", "AWS_ENDPOINT_URL", ())


def test_beside_an_endpoint_that_address_does_no_harm() -> None:
    assert not found("s3.aws-variables", clone(), {"AWS_ENDPOINT_URL": "https://store.example"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_STS_REGIONAL_ENDPOINTS", "eu-west-1"),
        ("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "true"),
        ("AWS_S3_USE_ARN_REGION", "1"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "yes"),
        ("AWS_USE_FIPS_ENDPOINT", "on"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "6"),
    ],
)
def test_a_word_that_the_library_does_not_take_ends_3(name: str, value: str) -> None:
    (finding,) = found("s3.aws-variables", s3(), {name: value}, "registry-3.1")
    assert (finding.severity, finding.where.variable, finding.breaks[0]) == ("blocker", name, "start")


def test_case_does_not_matter() -> None:
    assert not found("s3.aws-variables", s3(), {"AWS_USE_FIPS_ENDPOINT": "TRUE"}, "registry-3.1")


def test_2_8_does_not_look_at_them() -> None:
    assert not found("s3.aws-variables", s3(), {"AWS_USE_FIPS_ENDPOINT": "on"})


def test_a_web_identity_without_a_role_ends_3() -> None:
    (finding,) = found("s3.aws-variables", s3(*NO_KEYS), TOKEN, "registry-3.1")
    assert (finding.severity, finding.where.variable) == ("blocker", "AWS_WEB_IDENTITY_TOKEN_FILE")


def test_with_keys_in_the_config_nobody_asks_for_the_role() -> None:
    assert not found("s3.aws-variables", s3(), TOKEN, "registry-3.1")


def test_with_keys_in_the_environment_nobody_asks_for_the_role() -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKIAQQQQWWWWEEEERRRR", "AWS_SECRET_ACCESS_KEY": "s" * 40}
    assert not found("s3.aws-variables", s3(*NO_KEYS), TOKEN | keys, "registry-3.1")


KEYS = {"AWS_ACCESS_KEY_ID": "AKIAQQQQWWWWEEEERRRR", "AWS_SECRET_ACCESS_KEY": "s" * 40}


@pytest.mark.parametrize(
    "environment",
    [
        {"AWS_STS_REGIONAL_ENDPOINTS": "eu-west-1"},
        {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "true"},
        {"AWS_S3_USE_ARN_REGION": "1"},
        {"AWS_USE_DUALSTACK_ENDPOINT": "yes"},
        {"AWS_USE_FIPS_ENDPOINT": "on"},
        {"AWS_USE_FIPS_ENDPOINT": "TRUE"},
        {"AWS_USE_FIPS_ENDPOINT": ""},
        {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "6"},
        TOKEN,
        TOKEN | KEYS,
        TOKEN | {"AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/registry"},
        {"AWS_PROFILE": "nobody"},
    ],
    ids=lambda environment: " ".join(f"{name}={value[:12]}" for name, value in environment.items()),
)
def test_debians_build_does_as_foretold(environment: dict[str, str], registry: Registry) -> None:
    report = foretell(s3(), environment, "registry-2.8-debian")
    really = registry.start(s3(), environment | {"REGISTRY_HTTP_ADDR": "127.0.0.1:@PORT@"})
    assert report.predictions[START].outcome == really.outcome
