"""Signatures of S3 requests, version 4 and 2, in headers and in presigned URLs, as the registry's AWS library makes them.

botocore has them too, but importing its signers takes 0.28 s, longer than the start of this program may; and the
requests must be those of the registry's library, which botocore's client would not send.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()
_UNRESERVED = "-_.~"
#: Sub-resources and parameters that version 2 signs (2.8.3 and 3.1.1 have the same list).
_SIGNED_BY_2 = frozenset(
    [
        "acl",
        "location",
        "logging",
        "notification",
        "partNumber",
        "policy",
        "requestPayment",
        "torrent",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
        "response-content-type",
        "response-content-language",
        "response-expires",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "website",
        "delete",
    ]
)
#: Headers that take no part in version 4; the registry's library leaves out these two.
_UNSIGNED = frozenset({"user-agent", "authorization"})

Query = Sequence[tuple[str, str]]


class Credentials(NamedTuple):
    """A key pair and, for temporary ones, the session token; never shown."""

    access_key: str
    secret_key: str
    token: str = ""


class Request(NamedTuple):
    """What is signed: `path` as it is encoded in the request line, `query` not yet encoded."""

    method: str
    host: str
    path: str
    query: Query
    headers: Mapping[str, str]


def encoded(query: Query) -> str:
    """A query string as it is sent and signed: sorted, blanks as %20."""
    pairs = sorted((quote(name, safe=_UNRESERVED), quote(value, safe=_UNRESERVED)) for name, value in query)
    return "&".join(f"{name}={value}" for name, value in pairs)


def encoded_path(path: str) -> str:
    """A path as the library encodes it: every byte but letters, digits, `/-_.~`."""
    return quote(path, safe="/" + _UNRESERVED)


def signed_4(
    request: Request, content_hash: str, by: Credentials, region: str, now: float, service: str = "s3"
) -> dict[str, str]:
    """The headers of a request with the signature among them; `content_hash` is the SHA-256 of the body in hex."""
    headers = dict(request.headers)
    headers["X-Amz-Date"] = _stamp(now)
    headers["X-Amz-Content-Sha256"] = content_hash
    if by.token:
        headers["X-Amz-Security-Token"] = by.token
    signable = {"host": request.host} | {
        name.lower(): " ".join(value.split()) for name, value in headers.items() if name.lower() not in _UNSIGNED
    }
    names = ";".join(sorted(signable))
    scope = _scope(now, region, service)
    canonical = _canonical(request._replace(headers=signable), encoded(request.query), names, content_hash)
    signature = _signature(canonical, scope, by.secret_key, region, now, service)
    headers["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={by.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


def presigned_4(request: Request, by: Credentials, region: str, now: float, seconds: int) -> str:
    """The query of a URL that anyone may use for so many seconds."""
    scope = _scope(now, region)
    query = [
        *request.query,
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", f"{by.access_key}/{scope}"),
        ("X-Amz-Date", _stamp(now)),
        ("X-Amz-Expires", str(seconds)),
        ("X-Amz-SignedHeaders", "host"),
    ]
    if by.token:
        query.append(("X-Amz-Security-Token", by.token))
    text = encoded(query)
    canonical = _canonical(request._replace(headers={"host": request.host}), text, "host", "UNSIGNED-PAYLOAD")
    return f"{text}&X-Amz-Signature={_signature(canonical, scope, by.secret_key, region, now)}"


def signed_2(request: Request, by: Credentials, now: float) -> dict[str, str]:
    """The headers of a request with a signature of version 2, for stores that know no other (`v4auth: false`)."""
    headers = dict(request.headers)
    headers["Date"] = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now))
    if by.token:
        headers["x-amz-security-token"] = by.token
    low = {name.lower(): value for name, value in headers.items()}
    amazon = "".join(f"{name}:{low[name]}\n" for name in sorted(low) if name.startswith("x-amz-"))
    parts = sorted(f"{name}={value}" if value else name for name, value in request.query if name in _SIGNED_BY_2)
    resource = request.path + ("?" + "&".join(parts) if parts else "")
    text = "\n".join(
        [request.method, low.get("content-md5", ""), low.get("content-type", ""), low["date"], amazon + resource]
    )
    made = hmac.new(by.secret_key.encode(), text.encode(), hashlib.sha1).digest()
    headers["Authorization"] = f"AWS {by.access_key}:{base64.b64encode(made).decode('ascii')}"
    return headers


def _stamp(now: float) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))


def _scope(now: float, region: str, service: str = "s3") -> str:
    return f"{_stamp(now)[:8]}/{region}/{service}/aws4_request"


def _canonical(request: Request, query: str, names: str, content_hash: str) -> str:
    lines = "".join(f"{name}:{request.headers[name]}\n" for name in names.split(";"))
    return "\n".join([request.method, request.path, query, lines, names, content_hash])


def _signature(canonical: str, scope: str, secret: str, region: str, now: float, service: str = "s3") -> str:
    text = "\n".join(["AWS4-HMAC-SHA256", _stamp(now), scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for part in (_stamp(now)[:8], region, service, "aws4_request", text):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key.hex()
