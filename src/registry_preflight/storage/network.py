"""HTTP/1.1 as the registry's process would speak it, measured and bounded: what the handles of cloud storage send with.

Go's rules for proxies and certificates, no redirects, a deadline for each request that nothing can stretch. Nothing of
it is imported before a check asks for the network.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from registry_preflight.storage.exchange import basic, bracketed, date_of, fields_of, put_request
from registry_preflight.storage.meter import Meter, Sample, Sent
from registry_preflight.storage.names import resolve
from registry_preflight.storage.proxies import Proxies, Proxy, Refused
from registry_preflight.storage.trouble import (
    UNTRUSTED,
    Kind,
    Layer,
    NetworkTrouble,
    connect_trouble,
    tls_trouble,
)
from registry_preflight.storage.trust import Trust
from registry_preflight.storage.wire import Wire

__all__ = ["Answer", "Meter", "NetworkTrouble", "Proxies", "Sample", "Sent", "Transport", "Trust"]

#: Seconds for a whole request, for a connection to one address, and for a name.
TIMEOUT = 20.0
CONNECT_TIMEOUT = 5.0
NAME_TIMEOUT = 5.0
#: Bytes of a body that are kept where the caller names no limit.
LIMIT = 1 << 20
MOST_IDLE = 16
#: What may be sent again when a kept connection turns out to be dead: the server saw nothing of it, or may see it twice.
_AGAIN = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
#: What web servers say on a port that wants TLS (nginx, Go, Apache).
_WANTS_TLS = (
    b"plain HTTP request was sent to HTTPS port",
    b"sent an HTTP request to an HTTPS server",
    b"speaking plain HTTP to an SSL-enabled server",
)


class Answer(NamedTuple):
    """What a server answered. Header names are in lower case, repeated ones joined with a comma.

    `body` holds no more than the limit of the request; `complete` is false where more came. `before` and `after` are
    this machine's clock around the headers, `date` the server's `Date`, in seconds since 1970.
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    complete: bool
    seconds: float
    before: float
    after: float
    date: float | None


class _Origin(NamedTuple):
    scheme: str
    host: str
    port: int
    proxy: Proxy | None


class Transport:
    """Sends requests and keeps connections. Safe to use from several threads.

    `trust` and `proxies` are those of the registry's process: `Proxies(environment)`, or `Proxies.none()` where the
    release asks none. Times are in seconds. Once a first connection to a server stands, `spare` more are begun beside
    it, for the requests that will follow it all at once.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        trust: Trust,
        meter: Meter,
        *,
        timeout: float = TIMEOUT,
        proxies: Proxies | None = None,
        spare: int = 0,
    ) -> None:
        self.trust = trust
        self.meter = meter
        self.timeout = timeout
        self.proxies = Proxies(environment) if proxies is None else proxies
        self._spare = spare
        self._met: set[_Origin] = set()
        self._lock = threading.Lock()
        self._idle: dict[_Origin, list[Wire]] = {}
        self._names: dict[tuple[str, int], list[Any]] = {}
        self._answered: set[_Origin] = set()

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | Iterable[bytes] = b"",
        *,
        limit: int = LIMIT,
        timeout: float | None = None,
    ) -> Answer:
        """Send one request and read its answer, whatever its status; a redirect is an answer like others.

        The URL goes out as it is given, so it must be encoded. A body of pieces needs a Content-Length header.
        Raises `NetworkTrouble`.
        """
        started, until = time.perf_counter(), time.monotonic() + (timeout or self.timeout)
        fresh = True
        try:
            origin = self._origin(url)
            wire = self._take(origin, until)
            fresh = wire is None
            wire = wire or self._open(origin, until)
            self._bring_spares(origin, url)
            try:
                answer = self._exchange(wire, origin, method, url, headers, body, limit)
            except NetworkTrouble as trouble:
                if fresh or trouble.kind != "reset" or method not in _AGAIN or not isinstance(body, bytes):
                    raise
                fresh = True
                answer = self._exchange(self._open(origin, until), origin, method, url, headers, body, limit)
        except NetworkTrouble as trouble:
            self.meter.record(method, url, 0, started, fresh, trouble.kind)
            raise
        self.meter.record(method, url, answer.status, started, fresh)
        return answer

    def _bring_spares(self, origin: _Origin, url: str) -> None:
        with self._lock:
            first = origin not in self._met
            self._met.add(origin)
        if first and self._spare:
            self.warm(url, self._spare)

    def warm(self, url: str, count: int) -> None:
        """Begin `count` connections for the requests to come; what goes wrong is left to those to tell."""

        def connect() -> None:
            with suppress(NetworkTrouble):
                origin = self._origin(url)
                self._keep(origin, self._open(origin, time.monotonic() + CONNECT_TIMEOUT))

        for _ in range(count):
            threading.Thread(target=connect, daemon=True).start()

    def known_addresses(self, host: str) -> tuple[str, ...]:
        """The addresses that a host had when it was connected to; none where a proxy was, or nothing yet."""
        with self._lock:
            found = [addresses for (name, _), addresses in self._names.items() if name == host]
        return tuple(dict.fromkeys(str(one[4][0]) for addresses in found for one in addresses))

    def close(self) -> None:
        """Close what is idle. The transport still works afterwards."""
        with self._lock:
            wires = [wire for kept in self._idle.values() for wire in kept]
            self._idle.clear()
        for wire in wires:
            wire.end()

    # Connections

    def _origin(self, url: str) -> _Origin:
        parts = urlsplit(url)
        scheme, host = parts.scheme, parts.hostname or ""
        port = parts.port or (443 if scheme == "https" else 80)
        try:
            return _Origin(scheme, host, port, self.proxies.proxy_for(scheme, host, port))
        except Refused as refusal:
            raise NetworkTrouble("proxy", "proxy", host, port, str(refusal)) from None

    def _take(self, origin: _Origin, until: float) -> Wire | None:
        while True:
            with self._lock:
                kept = self._idle.get(origin)
                wire = kept.pop() if kept else None
            if wire is None:
                return None
            if wire.usable():
                wire.until = until
                return wire
            wire.end()

    def _keep(self, origin: _Origin, wire: Wire) -> None:
        with self._lock:
            kept = self._idle.setdefault(origin, [])
            if len(kept) < MOST_IDLE:
                kept.append(wire)
                return
        wire.end()

    def _open(self, origin: _Origin, until: float) -> Wire:
        if origin.scheme != "https":
            return Wire(self._dial(origin, until), self.meter, until)
        for complete in (False, True):
            sock = self._dial(origin, until)
            sock.settimeout(max(0.01, until - time.monotonic()))
            context = self.trust.context(complete)
            try:
                return Wire(context.wrap_socket(sock, server_hostname=origin.host.rstrip(".")), self.meter, until)
            except (OSError, ValueError) as error:  # ValueError: a host that can't be a name in TLS
                sock.close()
                code = error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else 0
                if code in UNTRUSTED and not complete and not self.trust.bundle:
                    continue
                shown = self._shown(origin, until) if code else None
                raise tls_trouble(error, origin.host, origin.port, shown) from error
        raise AssertionError("the second attempt returns or raises")

    def _shown(self, origin: _Origin, until: float) -> list[dict[str, Any]]:
        """The certificates that a server shows, its own first."""
        with suppress(OSError, NetworkTrouble, ValueError):
            sock = self._dial(origin, until)
            sock.settimeout(max(0.01, until - time.monotonic()))
            with self.trust.blind().wrap_socket(sock, server_hostname=origin.host.rstrip(".")) as tls:
                # No public name before Python 3.13, where it gives bytes alone.
                inner = getattr(tls, "_sslobj", None)
                return [one.get_info() for one in inner.get_unverified_chain()] if inner else []
        return []

    def _dial(self, origin: _Origin, until: float) -> socket.socket:
        """A plain connection to the origin, through its proxy where there is one."""
        proxy = origin.proxy
        if proxy is None:
            return self._connect(origin.host, origin.port, until)
        if proxy.scheme != "http":
            text = f"{proxy.variable} names a proxy of the kind {proxy.scheme}://, which this program does not speak to"
            raise NetworkTrouble("unsupported", "proxy", proxy.host, proxy.port, text)
        try:
            sock = self._connect(proxy.host, proxy.port, until)
        except NetworkTrouble as trouble:
            text = f"the proxy of {proxy.variable}: {trouble.text}"
            raise NetworkTrouble("proxy", "proxy", proxy.host, proxy.port, text) from trouble
        if origin.scheme == "https":
            self._tunnel(sock, origin, proxy, until)
        return sock

    def _tunnel(self, sock: socket.socket, origin: _Origin, proxy: Proxy, until: float) -> None:
        place = f"{bracketed(origin.host)}:{origin.port}"
        login = f"Proxy-Authorization: {basic(proxy.login)}\r\n" if proxy.login else ""
        wire = Wire(sock, self.meter, until)
        try:
            wire.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{login}\r\n".encode())
            response = http.client.HTTPResponse(cast("socket.socket", wire), method="CONNECT")
            response.begin()
        except (OSError, http.client.HTTPException) as error:
            sock.close()
            text = f"the proxy of {proxy.variable} gave no answer to CONNECT {place}: {error or type(error).__name__}"
            raise NetworkTrouble("proxy", "proxy", proxy.host, proxy.port, text) from error
        if response.status != 200:
            sock.close()
            text = f"the proxy of {proxy.variable} answers CONNECT {place} with {response.status} {response.reason}"
            raise NetworkTrouble("proxy", "proxy", proxy.host, proxy.port, text)

    def _connect(self, host: str, port: int, until: float) -> socket.socket:
        last: Exception = OSError("no address")
        addresses = self._addresses(host, port, until)
        for family, kind, protocol, _, address in addresses:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(max(0.01, min(CONNECT_TIMEOUT, until - time.monotonic())))
                sock.connect(address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return sock
            except OSError as error:
                sock.close()
                last = error
        tried = ", ".join(dict.fromkeys(str(one[4][0]) for one in addresses))
        raise connect_trouble(last, host, port, tried) from last

    def _addresses(self, host: str, port: int, until: float) -> list[Any]:
        with self._lock:
            if known := self._names.get((host, port)):
                return known
        found = resolve(host, port, max(0.01, min(NAME_TIMEOUT, until - time.monotonic())))
        with self._lock:
            self._names[host, port] = found
        return found

    # One request

    def _exchange(
        self,
        wire: Wire,
        origin: _Origin,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | Iterable[bytes],
        limit: int,
    ) -> Answer:
        connection = http.client.HTTPConnection(origin.host, origin.port)
        connection.sock = cast("socket.socket", wire)
        began, before, seen = time.perf_counter(), time.time(), wire.received
        try:
            put_request(connection, origin.proxy if origin.scheme == "http" else None, method, url, headers, body)
            response = connection.getresponse()
            after = time.time()
            if not wire.headers_ended:
                raise http.client.IncompleteRead(b"")
            content = response.read(limit + 1)
            complete = len(content) <= limit
            if complete and response.length:
                raise http.client.IncompleteRead(content, response.length)
            if complete and not response.will_close:
                self._keep(origin, wire)
            else:
                wire.end()
        except (OSError, http.client.HTTPException, ValueError) as error:
            wire.end()
            raise self._http_trouble(error, origin, wire, seen) from error
        if origin.scheme == "http":
            _refuse_misled(origin, response, content)
        self._answered.add(origin)
        fields = fields_of(response)
        if (date := date_of(fields.get("date", ""))) is not None:
            self.meter.note_date(origin.host, before, after, date)
        seconds = time.perf_counter() - began
        return Answer(response.status, response.reason, fields, content[:limit], complete, seconds, before, after, date)

    def _http_trouble(self, error: Exception, origin: _Origin, wire: Wire, seen: int) -> NetworkTrouble:
        host, port = origin.host, origin.port

        def trouble(kind: Kind, text: str, layer: Layer = "http") -> NetworkTrouble:
            return NetworkTrouble(kind, layer, host, port, f"{bracketed(host)}:{port} {text}")

        if isinstance(error, TimeoutError):
            return trouble(
                "timeout", "did not finish its answer in time" if wire.received > seen else "did not answer in time"
            )
        if isinstance(error, http.client.IncompleteRead):
            return trouble("truncated", f"broke off its answer after {len(error.partial)} bytes")
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
            return tls_trouble(error, host, port)
        if isinstance(error, OSError):
            if origin not in self._answered and wire.received == seen and self._speaks_tls(origin, wire.until):
                return _plain_on_tls(origin)
            return trouble("reset", "closed the connection without an answer")
        if isinstance(error, http.client.BadStatusLine):
            line = str(error.args[0]) if error.args else ""
            if line.startswith("\x15\x03") or (wire.received == seen and self._speaks_tls(origin, wire.until)):
                return _plain_on_tls(origin)
            return trouble("not-http", f"does not speak HTTP: it says {line[:80]!r}")
        if isinstance(error, http.client.InvalidURL | ValueError):
            return trouble("unsendable", f"can't be sent this request: {error}")
        return trouble("too-large", f"sends headers without end: {error}")

    def _speaks_tls(self, origin: _Origin, until: float) -> bool:
        """Whether a port that closed the connection on plain HTTP wants TLS."""
        if origin.scheme != "http" or origin.proxy is not None:
            return False
        with suppress(OSError, NetworkTrouble, ValueError):
            sock = self._connect(origin.host, origin.port, until)
            sock.settimeout(CONNECT_TIMEOUT)
            with self.trust.blind().wrap_socket(sock, server_hostname=origin.host):
                return True
        return False


def _refuse_misled(origin: _Origin, response: http.client.HTTPResponse, content: bytes) -> None:
    """Raises `NetworkTrouble` where not the server that was meant has answered."""
    if origin.proxy is not None and response.status == 407:
        text = f"the proxy of {origin.proxy.variable} wants a login: 407 {response.reason}"
        raise NetworkTrouble("proxy", "proxy", origin.proxy.host, origin.proxy.port, text)
    if response.status == 400 and any(text in content for text in _WANTS_TLS):
        raise _plain_on_tls(origin)


def _plain_on_tls(origin: _Origin) -> NetworkTrouble:
    text = f"{bracketed(origin.host)}:{origin.port} speaks TLS, and the request was sent without"
    return NetworkTrouble("plain-on-tls", "tls", origin.host, origin.port, text)
