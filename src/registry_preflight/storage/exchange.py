"""How one request is written and one answer's headers are read, with http.client."""

from __future__ import annotations

import base64
import http.client
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from registry_preflight.storage.proxies import Proxy


def put_request(
    connection: http.client.HTTPConnection,
    proxied: Proxy | None,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes | Iterable[bytes],
) -> None:
    """Send a request; `proxied` is the proxy that is to fetch an http:// URL."""
    names = {name.lower() for name in headers}
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2]
    if proxied is not None:
        target = f"http://{host}{target}"
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    if "host" not in names:
        connection.putheader("Host", host)  # as it stands in the URL: it is part of the signature
    for name, value in headers.items():
        connection.putheader(name, value.encode())  # as Go and the signatures have it
    if proxied is not None and proxied.login:
        connection.putheader("Proxy-Authorization", basic(proxied.login))
    if isinstance(body, bytes) and "content-length" not in names and (body or method in ("PUT", "POST")):
        connection.putheader("Content-Length", str(len(body)))
    # A server may refuse before it has read everything: then its answer counts, and not the broken pipe.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.endheaders(body or None)


def fields_of(response: http.client.HTTPResponse) -> dict[str, str]:
    """The headers by their names in lower case, repeated ones joined."""
    fields: dict[str, str] = {}
    for name, value in response.getheaders():
        name = name.lower()
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


def date_of(text: str) -> float | None:
    """A `Date` header in seconds since 1970; `None` where it is none."""
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def basic(login: str) -> str:
    """The value of an Authorization header for `user:password`."""
    return f"Basic {base64.b64encode(login.encode()).decode('ascii')}"


def bracketed(host: str) -> str:
    """A host as it stands in front of a port."""
    return f"[{host}]" if ":" in host else host
