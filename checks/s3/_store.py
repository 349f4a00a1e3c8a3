"""Where the driver sends its requests: the endpoint taken apart as the AWS library and Go's URL parser do it."""

from __future__ import annotations

from registry_preflight import DELETE, GC, PULL, PUSH, CannotTell, Config, NamedTuple, lru_cache

from .._urls import parse

#: What fails when no request can reach the store or none is accepted; the start makes none (2.5.2, 2.8.2, 3.1.1, seen).
REQUESTS = (PUSH, PULL, DELETE, GC)
#: Every region that Amazon has, those too that are younger than the newest release.
REGIONS = frozenset(
    [
        "af-south-1",
        "ap-east-1",
        "ap-east-2",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "ap-south-1",
        "ap-south-2",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ca-central-1",
        "ca-west-1",
        "cn-north-1",
        "cn-northwest-1",
        "eu-central-1",
        "eu-central-2",
        "eu-isoe-west-1",
        "eu-north-1",
        "eu-south-1",
        "eu-south-2",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "eusc-de-east-1",
        "il-central-1",
        "me-central-1",
        "me-south-1",
        "mx-central-1",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-gov-east-1",
        "us-gov-west-1",
        "us-iso-east-1",
        "us-iso-west-1",
        "us-isob-east-1",
        "us-isob-west-1",
        "us-isof-east-1",
        "us-isof-south-1",
        "us-west-1",
        "us-west-2",
    ]
)
HIGHEST_PORT = 65535
_AMAZON = (".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".c2s.ic.gov", ".sc2s.sgov.gov")
_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


class Endpoint(NamedTuple):
    """An address of a store. `wrong` says why no request can be sent there; empty where one can.

    `schemed`: the scheme stands in the config; without it `secure` decides.
    """

    scheme: str
    schemed: bool
    host: str
    port: str
    path: str
    user: bool
    wrong: str

    @property
    def amazon(self) -> bool:
        """Whether it is one of Amazon's own."""
        return self.host.endswith(_AMAZON)

    @property
    def numeric(self) -> bool:
        """Whether the host is an IP address."""
        return ":" in self.host or self.host.replace(".", "").isdigit()

    @property
    def url(self) -> str:
        """The address as the driver uses it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{':' + self.port if self.port else ''}{self.path}"


@lru_cache(maxsize=256)
def _taken_apart(text: str, secure: bool) -> Endpoint:
    scheme, schemed, rest = text.partition("://")
    if not schemed:
        scheme, rest = ("https" if secure else "http"), text
    before = rest
    for mark in "#?/":
        before = before.partition(mark)[0]
    path = rest[len(before) :].partition("?")[0].partition("#")[0]
    user, at, address = before.rpartition("@")
    host, port = _host_and_port(address)
    wrong = _wrong(scheme, bool(schemed), text, host, port)
    return Endpoint(scheme.lower(), bool(schemed), host.lower(), port, path, bool(at or user), wrong)


def _host_and_port(address: str) -> tuple[str, str]:
    if address.startswith("["):
        host, _, rest = address[1:].partition("]")
        return host, rest.removeprefix(":")
    host, _, port = address.partition(":")
    return host, port


def _wrong(scheme: str, schemed: bool, text: str, host: str, port: str) -> str:
    """What Go says of it, found by giving each kind to a real 2.8.2."""
    if schemed and scheme.lower() not in ("http", "https"):
        return f"the library speaks http and https, not {scheme}"
    if not host:
        return "it names no host"
    if not schemed and host.lower() in ("http", "https"):
        return f"without // after {host}: the word becomes the host"
    if port.isdigit() and int(port) > HIGHEST_PORT:
        return f"{port} is no port"
    try:
        return parse(text if schemed else f"{scheme}://{text}").wrong
    except CannotTell:  # it depends on the Go version, so it is not certain to fail
        return ""


def endpoint(config: Config) -> Endpoint | None:
    """The endpoint that the config gives; `None` where requests go to Amazon's own address."""
    if "regionendpoint" not in config.parameters.entries:
        return None
    text = config.parameter("regionendpoint").text
    return _taken_apart(text, config.parameter("secure").value is not False) if text else None


def at_amazon(config: Config) -> bool:
    """Whether requests go to Amazon."""
    place = endpoint(config)
    return place is None or place.amazon


def path_of(config: Config, name: str) -> str:
    """The dotted path of a parameter, given or not."""
    return f"storage.{config.driver}.{name}"


def in_host_names(bucket: str) -> bool:
    """Whether the AWS library would put this bucket into a host name: as its own pattern has it."""
    if not (3 <= len(bucket) <= 63) or not _LOWER.issuperset(bucket) or ".." in bucket:
        return False
    if bucket[0] in "-." or bucket[-1] in "-.":
        return False
    return not (bucket.count(".") == 3 and bucket.replace(".", "").isdigit())
