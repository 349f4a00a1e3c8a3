"""Signatures of the account key, and those that a client gets in the address of a blob.

Source: the REST reference, "Authorize with Shared Key", "Create a service SAS" and "Create a user delegation SAS". The
library of Microsoft refuses the API versions that 2.x uses, so the requests of 2.x can't be made with it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

Query = Sequence[tuple[str, str]]
#: Headers that are signed by their place, in this order; the content's length comes after the first two.
_BY_PLACE = (
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
)
#: From this version on a signature also covers the kind of resource.
_WITH_RESOURCE = "2018-11-09"
_WITH_SCOPE = "2020-12-06"
#: Seconds that an address for clients is good for, and by which 3.x lets it begin earlier.
LIFETIME = 1200
EARLIER = 10


class Delegated(NamedTuple):
    """A key that the service gave for a while to whoever has a token; `key` is base64."""

    object_id: str
    tenant_id: str
    start: str
    expiry: str
    service: str
    version: str
    key: str


def shared_key(account: str, key: str, method: str, path: str, query: Query, headers: Mapping[str, str]) -> str:
    """The value of the Authorization header. `path` is the encoded one of the URL; header names are in any case."""
    lower = {name.lower(): value for name, value in headers.items()}
    if lower.get("content-length") == "0":
        lower["content-length"] = ""
    own = sorted((name, value) for name, value in lower.items() if name.startswith("x-ms-"))
    lines = [method, *(lower.get(name, "") for name in _BY_PLACE), *(f"{name}:{value}" for name, value in own)]
    by_name: dict[str, list[str]] = {}
    for name, value in query:
        by_name.setdefault(name.lower(), []).append(value)
    resource = [f"/{account}{path}", *(f"{name}:{','.join(sorted(by_name[name]))}" for name in sorted(by_name))]
    return f"SharedKey {account}:{_signed(key, [*lines, *resource])}"


def service_signature(
    account: str, key: str, container: str, name: str, version: str, https_only: bool, start: bool
) -> str:
    """The query that lets anybody read a blob for twenty minutes; `start` says whether it has a beginning."""
    given = _given(version, https_only, start)
    scope = [""] if version >= _WITH_SCOPE else []
    kind = ["b", "", *scope] if version >= _WITH_RESOURCE else []
    lines = [
        "r", given.get("st", ""), given["se"], _resource(account, container, name), "", "",
        given.get("spr", ""), version, *kind, "", "", "", "", "",
    ]  # fmt: skip
    return urlencode(given | {"sig": _signed(key, lines)})


def delegated_signature(account: str, key: Delegated, container: str, name: str, version: str) -> str:
    """As `service_signature`, with a key that the service delegated."""
    given = _given(version, True, True)
    of_key = {
        "skoid": key.object_id, "sktid": key.tenant_id, "skt": key.start, "ske": key.expiry,
        "sks": key.service, "skv": key.version,
    }  # fmt: skip
    lines = [
        "r", given["st"], given["se"], _resource(account, container, name), *of_key.values(), "", "", "", "",
        given["spr"], version, "b", "", "", "", "", "", "", "",
    ]  # fmt: skip
    return urlencode(given | of_key | {"sig": _signed(key.key, lines)})


def moment(seconds: float) -> str:
    """A time as signatures have it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def readable(key: str) -> bool:
    """Whether a key is base64 at all."""
    try:
        base64.b64decode(key, validate=True)
    except binascii.Error:
        return False
    return True


def _given(version: str, https_only: bool, start: bool) -> dict[str, str]:
    now = time.time()
    given = {"sv": version, "sr": "b", "sp": "r"}
    if start:
        given["st"] = moment(now - EARLIER)
    given["se"] = moment(now + LIFETIME)
    return given | ({"spr": "https"} if https_only else {})


def _resource(account: str, container: str, name: str) -> str:
    return f"/blob/{account}/{container}/{name}"


def signed_as(host: str, path: str, container: str, name: str) -> tuple[str, str]:
    """The container and the blob that 3.x signs for: it reads them off the address, whose path begins with the account
    only where the host is a number (azblob: `sas.ParseURL`)."""
    whole = f"{path.lstrip('/')}/{container}/{name}".lstrip("/")
    if _is_number(host):
        whole = whole.partition("/")[2]
    first, _, rest = whole.partition("/")
    return first, rest


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _signed(key: str, lines: Iterable[str]) -> str:
    secret = base64.b64decode("".join(key.split()))
    return base64.b64encode(hmac.digest(secret, "\n".join(lines).encode(), "sha256")).decode()
