"""Requests to an S3 store, shaped, addressed and signed as the registry's release does it."""

from __future__ import annotations

import base64
import hashlib
import random
import threading
import time
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from registry_preflight.storage.network import Answer, NetworkTrouble, Transport
from registry_preflight.storage.s3_answers import Element, NotXml, S3Refusal, parsed, refusal
from registry_preflight.storage.s3_signing import (
    EMPTY_SHA256,
    Credentials,
    Query,
    Request,
    encoded,
    encoded_path,
    presigned_4,
    signed_2,
    signed_4,
)

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config
    from registry_preflight.storage.s3_address import Address

#: Seconds that a presigned URL of the registry lives.
PRESIGNED_SECONDS = 1200
#: The library sends a request again so many times where the store is overloaded or broken.
RETRIES = 3
_BUSY = frozenset({429, 500, 502, 503, 504})
_BUSY_CODES = frozenset({"SlowDown", "RequestTimeout", "Throttling", "ThrottlingException", "InternalError"})
#: Requests under way at the same time: nobody's store should feel a preflight.
WIDTH = 12
_MOST_REDIRECTS = 10
#: Troubles of the network after which the library tries again; it does so after others as well, and to no avail.
_PASSING = frozenset({"reset", "refused"})
#: Seconds before the second attempt.
_FIRST_WAIT = 0.03
#: By this the log of a store tells these requests from those of the registry.
_WHO = "registry-preflight"
#: An error answer and a listing fit; objects of users are never read whole.
LIMIT = 4 << 20


class Body(NamedTuple):
    """The body of a request with its sums, which take as long as a round trip where it is large."""

    content: bytes
    md5: str
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> Body:
        """A body summed up."""
        return cls(content, digest_md5(content), sha256_of(content))


class S3Wire:
    """Sends signed requests for one config. Raises `S3Refusal` for what the store refuses, `NetworkTrouble` for silence.

    `version_2` signs so whatever the config says; `of_service` asks the store itself in the place of the bucket.
    """

    def __init__(
        self,
        config: Config,
        address: Address,
        by: Credentials,
        transport: Transport,
        *,
        version_2: bool | None = None,
        of_service: bool = False,
    ) -> None:
        self.config = config
        self.bucket = config.parameter("bucket").text
        self.by = by
        self.transport = transport
        self._origin = f"{address.scheme}://{address.netloc}"
        self._host = address.netloc
        if of_service:
            self._before, self._host = address.path or "/", address.netloc.removeprefix(f"{self.bucket}.")
            self._origin = f"{address.scheme}://{self._host}"
        else:
            self._before = address.path + ("" if address.bucket_in_host else f"/{self.bucket}")
        self._region = config.parameter("region").text
        self._turns = threading.BoundedSemaphore(WIDTH)
        chosen = "v4auth" in config.parameters.entries and config.parameter("v4auth").value is False
        self._version_2 = chosen if version_2 is None else version_2

    @cached_property
    def _user_agent(self) -> str:
        """What the registry's library calls itself, which policies and firewalls may go by, and who this is."""
        release = self.config.release
        own = "" if release.fact("user_agent_overwritten") else self.config.parameter("useragent").text
        return " ".join(part for part in (str(release.fact("aws_user_agent")), own, _WHO) if part)

    @cached_property
    def write_headers(self) -> dict[str, str]:
        """What the driver adds to PutObject, CreateMultipartUpload and CopyObject, measured on 2.5.2, 2.8.2 and 3.1.1."""
        config = self.config
        reads = config.parameters.reads
        acl = config.parameter("objectacl").text if reads("objectacl") else ""
        headers = {"Content-Type": "application/octet-stream", "X-Amz-Acl": acl or "private"}
        storage_class = config.parameter("storageclass").text.upper()
        if storage_class != "NONE":
            headers["X-Amz-Storage-Class"] = storage_class
        key = config.parameter("keyid").text
        if config.parameter("encrypt").value is True:
            headers["X-Amz-Server-Side-Encryption"] = "aws:kms" if key else "AES256"
        if key:  # the key goes out even where nothing is encrypted
            headers["X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id"] = key
        return headers

    def send(
        self,
        method: str,
        key: str = "",
        query: Query = (),
        headers: Mapping[str, str] | None = None,
        body: bytes | Body = b"",
        *,
        limit: int = LIMIT,
        again: int = RETRIES,
    ) -> Answer:
        """Send a signed request on the bucket or on a key in it, once more where the store is overloaded."""
        path = encoded_path(f"{self._before}/{key}" if key or not self._before else self._before)
        url = self._origin + path + (f"?{encoded(query)}" if query else "")
        request = Request(method, self._host, path, query, {"User-Agent": self._user_agent, **(headers or {})})
        name = f"{method} {key or self.bucket}{'?' + '&'.join(name for name, _ in query) if query else ''}"
        body, content_hash = (body.content, body.sha256) if isinstance(body, Body) else (body, sha256_of(body))
        for attempt in range(again + 1):
            try:
                answer = self._followed(method, url, self._signed(request, content_hash), body, limit)
            except NetworkTrouble as trouble:
                # The answer may have told of an upload of which nobody would know then.
                trouble.passing |= trouble.kind in _PASSING and query[:1] == [("uploads", "")] and method == "POST"
                if attempt == again or trouble.passing or trouble.kind not in _PASSING:
                    raise
                time.sleep(_FIRST_WAIT * 2**attempt * (0.5 + random.random() / 2))
                continue
            if answer.status < 300:
                return answer
            refused = refusal(answer.status, dict(answer.headers), answer.body, name)
            if attempt == again or not (answer.status in _BUSY or refused.code in _BUSY_CODES):
                raise refused
            # As the library waits: from some 30 ms on, doubled each time, longer where the store asks to slow down.
            time.sleep((0.5 if answer.status in (429, 503) else _FIRST_WAIT) * 2**attempt * (0.5 + random.random() / 2))
        raise AssertionError("the last attempt returns or raises")

    def _followed(self, method: str, url: str, headers: Mapping[str, str], body: bytes, limit: int) -> Answer:
        """The answer after redirects to the same host, with the same signature, as Go's client goes after them."""
        for _ in range(_MOST_REDIRECTS):
            with self._turns:
                answer = self.transport.send(method, url, headers, body, limit=limit)
            to = answer.headers.get("location", "")
            if answer.status not in (307, 308) or not to.startswith(f"{self._origin}/"):
                break
            url = to
        return answer

    def xml(
        self,
        method: str,
        key: str = "",
        query: Query = (),
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Element:
        """Send, and read an answer that must be XML. S3 may answer 200 and put an error into it."""
        answer = self.send(method, key, query, headers, body)
        return self.read(answer, f"{method} {key or self.bucket}")

    def read(self, answer: Answer, name: str) -> Element:
        """The XML of an answer. Raises `S3Refusal` where it is none, or tells of an error after a 200."""
        try:
            root = parsed(answer.body)
        except NotXml as trouble:
            said = answer.body[:200].decode("utf-8", "replace")
            raise S3Refusal(answer.status, "NotS3", f"{trouble}: {said}", name, dict(answer.headers)) from None
        if root.name == "Error":
            raise refusal(answer.status, dict(answer.headers), answer.body, name)
        return root

    def presigned(self, method: str, key: str) -> str:
        """The URL that the registry would send a client to.

        With version 2 the driver's own signer puts its signature into a header that the client never gets: the URL is
        bare (seen on 2.8.2).
        """
        path = encoded_path(f"{self._before}/{key}")
        if self._version_2:
            return f"{self._origin}{path}"
        request = Request(method, self._host, path, (), {})
        return f"{self._origin}{path}?{presigned_4(request, self.by, self._region, time.time(), PRESIGNED_SECONDS)}"

    def _signed(self, request: Request, content_hash: str) -> dict[str, str]:
        if not self.by.access_key:
            return dict(request.headers)
        if self._version_2:
            return signed_2(request, self.by, time.time())
        return signed_4(request, content_hash, self.by, self._region, time.time())


def sha256_of(body: bytes) -> str:
    """The sum that a signature of version 4 takes in, in hex."""
    return hashlib.sha256(body).hexdigest() if body else EMPTY_SHA256


def digest_md5(body: bytes) -> str:
    """The value of Content-MD5, which the library sends with every body but a completion's."""
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode("ascii")
