"""The host that a release asks; for 2.8 a real one is asked too, through a proxy that writes down where it wants to go."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from registry_preflight.fixtures.registry import Registry

from registry_preflight import Config, load_config
from registry_preflight.storage.meter import Meter
from registry_preflight.storage.s3_address import address_of, transport_of

from .talkers import says, talking

TEXT = "version: 0.1\nstorage: {s3: {accesskey: A, secretkey: S, bucket: %s, region: %s%s}}\n"


def config(
    target: str = "registry-2.8",
    bucket: str = "images",
    region: str = "eu-west-1",
    more: str = "",
    environment: dict[str, str] | None = None,
) -> Config:
    text = TEXT % (bucket, region, f", {more}" if more else "")
    return load_config(text.encode(), environment or {}, target)


@pytest.mark.parametrize(
    ("release", "region", "host"),
    [
        ("2.5", "us-east-1", "images.s3.amazonaws.com"),
        ("2.5", "eu-west-1", "images.s3-eu-west-1.amazonaws.com"),
        ("2.5", "eu-central-1", "images.s3.eu-central-1.amazonaws.com"),
        ("2.5", "cn-north-1", "images.s3.cn-north-1.amazonaws.com.cn"),
        ("2.8", "us-east-1", "images.s3.amazonaws.com"),
        ("2.8", "eu-west-1", "images.s3.eu-west-1.amazonaws.com"),
        ("2.8", "us-gov-west-1", "images.s3.us-gov-west-1.amazonaws.com"),
        ("2.8", "cn-northwest-1", "images.s3.cn-northwest-1.amazonaws.com.cn"),
        ("3.1", "us-east-1", "images.s3.amazonaws.com"),
        ("3.1", "us-iso-east-1", "images.s3.us-iso-east-1.c2s.ic.gov"),
        ("3.1", "us-isob-east-1", "images.s3.us-isob-east-1.sc2s.sgov.gov"),
    ],
)
def test_amazons_host_of_a_region(release: str, region: str, host: str) -> None:
    assert address_of(config(f"registry-{release}", region=region)).host == host


@pytest.mark.parametrize(
    ("more", "host"),
    [
        ("usedualstack: true", "images.s3.dualstack.eu-west-1.amazonaws.com"),
        ("usefipsendpoint: true", "images.s3-fips.eu-west-1.amazonaws.com"),
        ("usefipsendpoint: true, usedualstack: true", "images.s3-fips.dualstack.eu-west-1.amazonaws.com"),
        ("accelerate: true", "images.s3-accelerate.amazonaws.com"),
        ("accelerate: true, usedualstack: true", "images.s3-accelerate.dualstack.amazonaws.com"),
        ("accelerate: true, forcepathstyle: true", "images.s3-accelerate.amazonaws.com"),
        ("forcepathstyle: true", "s3.eu-west-1.amazonaws.com"),
    ],
)
def test_the_switches_of_later_releases(more: str, host: str) -> None:
    assert address_of(config("registry-3.1", more=more)).host == host


def test_switches_are_nothing_to_earlier_releases() -> None:
    more = "usedualstack: true, accelerate: true, forcepathstyle: true"
    assert address_of(config(more=more)).host == "images.s3.eu-west-1.amazonaws.com"


def test_fips_is_a_switch_from_3_1_on() -> None:
    found = address_of(config("registry-3.0", more="usefipsendpoint: true"))
    assert found.host == "images.s3.eu-west-1.amazonaws.com"


def test_the_regional_address_of_us_east_1_is_had_by_a_variable() -> None:
    given = {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "regional"}
    found = address_of(config("registry-3.1", region="us-east-1", environment=given))
    assert found.host == "images.s3.us-east-1.amazonaws.com"


@pytest.mark.parametrize(
    ("release", "bucket", "endpoint", "base"),
    [
        ("2.8", "images", "http://10.0.0.1:9000", "http://10.0.0.1:9000"),
        ("2.8", "images", "store.example:9000", "https://store.example:9000"),
        ("2.8", "images", "https://store.example/sub/", "https://store.example/sub"),
        ("3.1", "images", "https://store.example", "https://images.store.example"),
        ("3.1", "images", "http://10.0.0.1:9000", "http://images.10.0.0.1:9000"),
        ("3.1", "Images", "https://store.example", "https://store.example"),
        ("3.1", "my.images", "https://store.example", "https://store.example"),
        ("3.1", "my.images", "http://store.example", "http://my.images.store.example"),
    ],
)
def test_an_endpoint_and_the_bucket(release: str, bucket: str, endpoint: str, base: str) -> None:
    assert address_of(config(f"registry-{release}", bucket, more=f"regionendpoint: '{endpoint}'")).base == base


def test_secure_decides_where_the_endpoint_has_no_scheme() -> None:
    assert address_of(config(more="regionendpoint: store.example, secure: false")).base == "http://store.example"


def test_skipverify_means_no_proxy_in_2_8() -> None:  # seen
    given = config(more="skipverify: true", environment={"HTTPS_PROXY": "http://p:1"})
    assert transport_of(given, Meter()).proxies.proxy_for("https", "s3.example", 443) is None


def test_skipverify_keeps_the_proxy_in_3() -> None:
    given = config("registry-3.1", more="skipverify: true", environment={"HTTPS_PROXY": "http://p:1"})
    assert transport_of(given, Meter()).proxies.proxy_for("https", "s3.example", 443)


def test_the_bundle_is_the_library_s_own_in_3() -> None:
    given = config("registry-3.1", environment={"AWS_CA_BUNDLE": "/bundle.pem"})
    assert transport_of(given, Meter()).trust.bundle == "/bundle.pem"


@pytest.mark.parametrize(
    ("bucket", "region", "more"),
    [
        ("images", "us-east-1", ""),
        ("images", "us-west-1", ""),
        ("images", "eu-west-1", ""),
        ("images", "ap-southeast-2", ""),
        ("images", "sa-east-1", ""),
        ("images", "eu-central-1", ""),
        ("images", "cn-north-1", ""),
        ("images", "us-gov-west-1", ""),
        ("my.images", "eu-west-1", ""),
        ("my.images", "eu-west-1", "secure: false"),
        ("My_images", "eu-west-1", ""),
        ("ab", "eu-west-1", ""),
        ("1.2.3.4", "eu-west-1", "secure: false"),
        ("images", "eu-west-1", "accelerate: true, usedualstack: true, forcepathstyle: true"),
        ("images", "none", "regionendpoint: store.example"),
        ("images", "none", "regionendpoint: 'http://store.example:9000/sub'"),
        ("images", "none", "regionendpoint: 'HTTPS://Store.example'"),
    ],
)
def test_a_real_registry_asks_the_same_host(
    registry: Registry, tmp_path: Path, bucket: str, region: str, more: str
) -> None:
    given = config(bucket=bucket, region=region, more=more)
    (tmp_path / "config.yml").write_bytes(given.text)
    with talking(says(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")) as proxy:
        variables = {"HTTP_PROXY": proxy.url, "HTTPS_PROXY": proxy.url, "PATH": os.defpath}
        command = [registry.binary, "garbage-collect", str(tmp_path / "config.yml")]
        subprocess.run(command, env=variables, check=False, capture_output=True, timeout=120)
    asked = proxy.heard[0].split(b" ")[1].decode()
    found = address_of(given)
    if asked.startswith("http://"):
        style = "" if found.bucket_in_host else f"/{bucket}"
        assert asked.partition("?")[0].rstrip("/").lower() == f"{found.base}{style}".lower()
    else:
        assert asked.lower() == f"{found.host}:{found.port}"
