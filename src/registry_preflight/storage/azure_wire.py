"""Requests to Azure's blob service, shaped, addressed and signed as the registry's release does it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import formatdate
from typing import NamedTuple
from urllib.parse import quote, urlencode

from registry_preflight.storage.azure_address import Address, encoded, segment
from registry_preflight.storage.azure_answers import AzureRefusal, refusal
from registry_preflight.storage.azure_signing import Query, shared_key
from registry_preflight.storage.network import Answer, Transport

#: A listing of 5000 names fits; blobs of users are never read whole.
LIMIT = 8 << 20
#: The libraries send a request again where the service is overloaded; so many times is enough to see that it stays so.
AGAIN = 2
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
#: Requests under way at the same time.
WIDTH = 12


class Signer(NamedTuple):
    """Who asks: an account with its key, or a way to a token. `token` raises what the way to it raises."""

    account: str
    key: str
    token: Callable[[], str] | None


class AzureWire:
    """Sends requests on one account. Raises `AzureRefusal` for what is refused, `NetworkTrouble` for silence."""

    def __init__(
        self, address: Address, by: Signer, transport: Transport, version: str, *, one_segment: bool = False
    ) -> None:
        self.address = address
        self.by = by
        self.transport = transport
        self.version = version
        self._one_segment = one_segment
        self._turns = threading.BoundedSemaphore(WIDTH)

    def path(self, container: str, name: str = "") -> str:
        """The encoded path of a container or of a blob in it; a name that begins with a slash makes two of them.

        The library of 3.x encodes the slashes in a blob's name as well (azblob: `container.Client.NewBlobClient`).
        """
        place = encoded(self.address.path + (f"/{container}" if container else "/"))
        if not name:
            return place
        return f"{place}/{segment(name) if self._one_segment else encoded(name)}"

    def url(self, container: str, name: str = "") -> str:
        """The address of a blob, without a signature, as a copy names its source."""
        return self.address.base + self.path(container, name)

    def public_url(self, container: str, name: str) -> str:
        """The address of a blob as clients get it, in which slashes are slashes in all releases."""
        return f"{self.address.base}{encoded(f'{self.address.path}/{container}/{name}')}"

    def send(
        self,
        method: str,
        container: str,
        name: str = "",
        query: Query = (),
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        *,
        version: str = "",
        limit: int = LIMIT,
    ) -> Answer:
        """Send a signed request, again where the service is overloaded."""
        path = self.path(container, name)
        url = self.address.base + path + (f"?{urlencode(query, quote_via=quote)}" if query else "")
        words = "&".join(f"{key}={value}" for key, value in query if key in ("comp", "restype"))
        request = f"{method} {name or container or 'account'}{'?' + words if words else ''}"
        given = {**(headers or {}), "x-ms-version": version or self.version}
        if method in ("PUT", "POST"):
            given["Content-Length"] = str(len(body))
        for attempt in range(AGAIN + 1):
            with self._turns:
                answer = self.transport.send(method, url, self._signed(method, path, query, given), body, limit=limit)
            if answer.status < 300:
                return answer
            if attempt == AGAIN or answer.status not in _BUSY:
                raise refusal(answer, request)
            time.sleep(0.3 * 2**attempt * (0.5 + random.random() / 2))
        raise AssertionError("the last attempt returns or raises")

    def plain(self, url: str, request: str, limit: int) -> Answer:
        """What a client gets who has nothing but this address."""
        answer = self.transport.send("GET", url, {}, limit=limit)
        if answer.status >= 300:
            raise refusal(answer, request)
        return answer

    def _signed(self, method: str, path: str, query: Query, headers: Mapping[str, str]) -> dict[str, str]:
        given = {**headers, "x-ms-date": formatdate(usegmt=True)}
        if self.by.token is not None:
            return {**given, "Authorization": f"Bearer {self.by.token()}"}
        return {**given, "Authorization": shared_key(self.by.account, self.by.key, method, path, query, given)}


__all__ = ["AzureRefusal", "AzureWire", "Signer"]
