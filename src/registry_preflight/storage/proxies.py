"""Which proxy a Go program takes for a URL: golang.org/x/net/http/httpproxy and net/http, to the letter.

Seen with 2.8.2: HTTP_PROXY is used for http:// alone, HTTPS_PROXY may lack a scheme, and with REQUEST_METHOD set a
request over HTTP_PROXY is refused. Up to Go 1.15 (2.5, 2.7) https:// fell back to HTTP_PROXY. Networks such as 10.0.0.0/8
in NO_PROXY are read from Go 1.11 on (2.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    import ipaddress

    from registry_preflight.config.tables import Release

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class Proxy(NamedTuple):
    """A proxy: `scheme` is what is spoken to it, `variable` the one that names it, `login` its user and password."""

    scheme: str
    host: str
    port: int
    login: str
    variable: str


class Refused(Exception):
    """Go refuses the request because of the variables; the text says why."""


class Proxies:
    """The proxy variables of one environment. `https_falls_back` is Go's rule up to 1.15, no `networks` that up to 1.10."""

    def __init__(
        self, environment: Mapping[str, str], *, https_falls_back: bool = False, networks: bool = True
    ) -> None:
        self._environment = environment
        self._falls_back = https_falls_back
        self._spared = _matchers(self._first("NO_PROXY")[1], networks)

    @classmethod
    def of(cls, release: Release, environment: Mapping[str, str]) -> Proxies:
        """As the Go that a release is built with takes them."""
        return cls(
            environment,
            https_falls_back=release.fact("https_uses_http_proxy") is True,
            networks=release.fact("no_proxy_networks") is True,
        )

    @classmethod
    def none(cls) -> Proxies:
        """A program that asks no proxy variable."""
        return cls({})

    def _first(self, name: str) -> tuple[str, str]:
        for spelling in (name, name.lower()):
            if value := self._environment.get(spelling):
                return spelling, value
        return name, ""

    def proxy_for(self, scheme: str, host: str, port: int) -> Proxy | None:
        """The proxy for a request, `None` for a direct one. Raises `Refused`."""
        found = self._named(scheme)
        if found is None or self.spares(host, port):
            return None
        if found.variable.upper() == "HTTP_PROXY" and self._environment.get("REQUEST_METHOD"):
            raise Refused(f"{found.variable} is refused where REQUEST_METHOD is set, for it could come from a request")
        return found

    def _named(self, scheme: str) -> Proxy | None:
        found = parse_proxy(*self._first("HTTPS_PROXY")) if scheme == "https" else None
        if found is None and (scheme == "http" or self._falls_back):
            found = parse_proxy(*self._first("HTTP_PROXY"))
        return found

    def spares(self, host: str, port: int) -> bool:
        """Whether NO_PROXY, or Go's own rule for this machine itself, lets a host be reached directly."""
        name, address = host.lower().strip(), _address(host)
        if name == "localhost" or (address is not None and address.is_loopback):
            return True
        return any(matches(name, port, address) for matches in self._spared)


def parse_proxy(variable: str, text: str) -> Proxy | None:
    """What Go makes of a proxy variable; `None` where it is empty or no URL, which Go passes over without a word."""
    if not text:
        return None
    for candidate in (text, f"http://{text}"):
        try:
            parts = urlsplit(candidate)
            port = parts.port
        except ValueError:
            continue
        if parts.scheme and parts.hostname and "://" in candidate:
            scheme = parts.scheme.lower()
            login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}" if "@" in parts.netloc else ""
            return Proxy(scheme, parts.hostname, port or _PORTS.get(scheme, 80), login, variable)
    return None


_Matcher = Callable[[str, int, "ipaddress.IPv4Address | ipaddress.IPv6Address | None"], bool]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    import ipaddress  # most runs meet no proxy

    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _matchers(text: str, networks: bool) -> list[_Matcher]:
    found: list[_Matcher] = []
    for entry in text.split(","):
        entry = entry.strip().lower()
        if entry == "*":
            return [lambda host, port, address: True]
        if "/" in entry and not networks:
            continue
        if entry and (matcher := _matcher(entry)):
            found.append(matcher)
    return found


def _matcher(entry: str) -> _Matcher | None:
    if "/" in entry and (network := _network(entry)) is not None:
        return lambda host, port, address: address is not None and address in network
    host, port = _host_and_port(entry)
    if (wanted := _address(host)) is not None:
        return lambda name, to, address: address == wanted and port in ("", str(to))
    if not host:
        return None
    suffix = host[1:] if host.startswith("*.") else host
    alone = "" if suffix.startswith(".") else suffix
    suffix = suffix if suffix.startswith(".") else f".{suffix}"
    return lambda name, to, address: (name.endswith(suffix) or name == alone) and port in ("", str(to))


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    import ipaddress

    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None


def _host_and_port(entry: str) -> tuple[str, str]:
    """As Go's SplitHostPort; what it can't split is a host."""
    if entry.startswith("["):
        host, bracket, port = entry[1:].partition("]")
        return (host, port[1:]) if bracket and port.startswith(":") else (entry, "")
    if entry.count(":") == 1:
        host, _, port = entry.partition(":")
        return host, port
    return entry, ""
