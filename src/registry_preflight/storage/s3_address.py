"""Where a release's AWS library sends the requests for a bucket, and over what kind of connection.

The libraries are aws-sdk-go 1.1.0 (2.5), 1.15.11 (2.7, 2.8) and 1.55.5 (3.x); their endpoint tables and the rules of
`service/s3/host_style_bucket.go` stand here as data. An endpoint of the config takes the place of all tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from registry_preflight.storage.network import Meter, Proxies, Transport, Trust

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

#: Beginnings of a region's name and the domain of its part of Amazon's world; the first that fits.
PARTITIONS = (
    ("cn-", "amazonaws.com.cn"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("us-isof-", "csp.hci.ic.gov"),
    ("us-iso-", "c2s.ic.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
    ("eusc-", "amazonaws.eu"),
    ("", "amazonaws.com"),
)
#: Domains for addresses that answer on IPv6 too; other parts of Amazon's world have none.
DUAL_STACK = frozenset({"amazonaws.com", "amazonaws.com.cn"})
#: The regions whose address had a dash in the oldest library: s3-eu-west-1.amazonaws.com.
DASHED = frozenset(
    [
        "us-west-1",
        "us-west-2",
        "eu-west-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-northeast-1",
        "sa-east-1",
        "us-gov-west-1",
    ]
)
#: Connections for what the checks ask beside each other after the first request.
SPARE = 8
_IN_HOST = re.compile(r"[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]")
_FOUR_NUMBERS = re.compile(r"([0-9]+\.){3}[0-9]+")
_SCHEME = re.compile(r"[^:]+://")


class Address(NamedTuple):
    """Where requests go. `base` is scheme, host and path without the bucket's part; `host` the one that is asked for.

    `bucket_in_host` tells the two styles apart. `given` is true for an endpoint of the config.
    """

    scheme: str
    host: str
    port: int
    path: str
    bucket_in_host: bool
    given: bool
    amazon: bool

    @property
    def netloc(self) -> str:
        """Host and port as they stand in a URL and in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def base(self) -> str:
        """The URL without the path of a request."""
        return f"{self.scheme}://{self.netloc}{self.path}"


_DEFAULT_PORT = {"http": 80, "https": 443}


def address_of(config: Config) -> Address:
    """The address of the config's bucket, for the release that the config is read for."""
    bucket, region = config.parameter("bucket").text, config.parameter("region").text
    plain = config.parameter("secure").value is False
    text = config.parameter("regionendpoint").text if "regionendpoint" in config.parameters.entries else ""
    if text:
        base = text if _SCHEME.match(text) else f"{'http' if plain else 'https'}://{text}"
    else:
        base = f"{'http' if plain else 'https'}://{amazons_host(config, region)}"
    parts = urlsplit(base)
    host, scheme = parts.hostname or "", parts.scheme.lower()
    amazon = any(host == domain or host.endswith(f".{domain}") for _, domain in PARTITIONS)
    host, in_host = _with_bucket(config, scheme, host, bucket, region, bool(text))
    port = parts.port or _DEFAULT_PORT.get(scheme, 80)
    return Address(scheme, host, port, parts.path.rstrip("/"), in_host, bool(text), amazon)


def _with_bucket(config: Config, scheme: str, host: str, bucket: str, region: str, given: bool) -> tuple[str, bool]:
    """The host with the bucket in front, where the library puts it there."""
    if not fits_host(bucket) or (scheme == "https" and "." in bucket):
        return host, False
    if _is_on(config, "accelerate"):
        return f"{bucket}.{_accelerated(host, region)}", True
    by_path = _is_on(config, "forcepathstyle") if config.parameters.reads("forcepathstyle") else given
    return (host, False) if by_path else (f"{bucket}.{host}", True)


def fits_host(bucket: str) -> bool:
    """Whether the library would put this bucket into a host name."""
    return bool(_IN_HOST.fullmatch(bucket)) and not _FOUR_NUMBERS.fullmatch(bucket) and ".." not in bucket


def amazons_host(config: Config, region: str) -> str:
    """Amazon's host for a region, as the release's table has it."""
    domain = domain_of(region)
    if config.release.before("2.7"):
        return _oldest(region, domain)
    environment = config.environment if config.release.at_least("3.0") else {}
    fips = _is_on(config, "usefipsendpoint") or _is_true(environment, "AWS_USE_FIPS_ENDPOINT")
    dual = _is_on(config, "usedualstack") or _is_true(environment, "AWS_USE_DUALSTACK_ENDPOINT")
    service = "s3-fips" if fips else "s3"
    if dual and domain in DUAL_STACK:
        return f"{service}.dualstack.{region}.{domain}"
    regional = environment.get("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "").lower() == "regional"
    if region == "us-east-1" and not fips and not regional:
        return f"s3.{domain}"
    return f"{service}.{region}.{domain}"


def domain_of(region: str) -> str:
    """The domain of the part of Amazon's world that a region belongs to."""
    return next(domain for start, domain in PARTITIONS if region.startswith(start))


def _oldest(region: str, domain: str) -> str:
    if region == "us-east-1":
        return f"s3.{domain}"
    return f"s3-{region}.{domain}" if region in DASHED else f"s3.{region}.{domain}"


def _accelerated(host: str, region: str) -> str:
    """As the library rewrites the host: the service's label is replaced, the region's dropped."""
    labels = host.split(".")
    if labels[0] == "s3" or labels[0].startswith("s3-"):
        labels[0] = "s3-accelerate"
    if region in labels[1:-1]:
        labels.remove(region)
    return ".".join(labels)


def _is_on(config: Config, name: str) -> bool:
    return config.parameters.reads(name) and config.parameter(name).value is True


def _is_true(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").lower() == "true"


def transport_of(config: Config, meter: Meter) -> Transport:
    """A transport that trusts and goes through proxies as the driver of this release does.

    2.7 and 2.8 make a transport without proxies where `skipverify` is true (2.8.2, seen). From 2.7 on AWS_CA_BUNDLE
    takes the place of the system's roots; `serve` of 2.7 and 2.8 does not start with it, `garbage-collect` does.
    """
    environment, release = config.environment, config.release
    blind = _is_on(config, "skipverify")
    bundle = environment.get("AWS_CA_BUNDLE", "") if release.at_least("2.7") else ""
    trust = Trust.of(release, environment, verify=not blind, bundle=bundle)
    proxies = Proxies.none() if blind and release.fact("skipverify_ignores_proxy") else Proxies.of(release, environment)
    return Transport(environment, trust, meter, proxies=proxies, spare=SPARE)
