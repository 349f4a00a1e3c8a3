"""What a cluster says of itself at /info, and what the driver makes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from registry_preflight.storage.network import NetworkTrouble

if TYPE_CHECKING:
    from registry_preflight.storage.swift import SwiftStorage

#: From this version on, by its text, the driver keeps the key of temporary URLs on the container. 2.10 to 2.29 are "older".
CONTAINER_KEYS_SINCE = "2.3.0"


class Info(NamedTuple):
    """`said` is the document, `None` where the cluster shows none; `status` is that of the answer, 0 where none came."""

    said: dict[str, Any] | None
    status: int

    def part(self, name: str) -> dict[str, Any]:
        """A part of the document, such as `swift` or `tempurl`."""
        found = (self.said or {}).get(name)
        return found if isinstance(found, dict) else {}

    def has(self, name: str) -> bool:
        """Whether the cluster names this ability."""
        return name in (self.said or {})

    def limit(self, name: str) -> int | None:
        """A number of the part `swift`, such as `max_file_size`."""
        found = self.part("swift").get(name)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    @property
    def version(self) -> str:
        """Swift's version, as its servers write it."""
        return str(self.part("swift").get("version", ""))

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests by which temporary URLs may be signed; empty where the cluster does not say."""
        found = self.part("tempurl").get("allowed_digests")
        return tuple(map(str, found)) if isinstance(found, list) else ()

    @property
    def bulk_delete(self) -> int:
        """How many objects the driver deletes at once; 0 where one by one."""
        found = self.part("bulk_delete").get("max_deletes_per_request")
        return found if isinstance(found, int) else 0


class TempUrls(NamedTuple):
    """What the driver goes by: the methods it signs for, and whether the key is the container's or the account's."""

    methods: tuple[str, ...]
    on_container: bool


def ask_info(storage: SwiftStorage) -> Info:
    """GET /info without a token. Raises the `SwiftRefusal` or `NetworkTrouble` of the login."""
    url = storage.info_url
    try:
        answer = storage.transport.send("GET", url, {})
    except NetworkTrouble:  # the driver goes on without
        return Info(None, 0)
    said: object = None
    if answer.status == 200:
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):  # as the driver: what it can't read is not there
            said = None
    return Info(said if isinstance(said, dict) else None, answer.status)


def temp_urls(storage: SwiftStorage) -> TempUrls:
    """What the driver makes of /info; where that is closed, of two parameters."""
    info, config = storage.info, storage.config
    if info.said is not None:
        methods = info.part("tempurl").get("methods")
        found = tuple(map(str, methods)) if isinstance(methods, list) else ()
        return TempUrls(found, info.version >= CONTAINER_KEYS_SINCE)
    given = config.parameter("tempurlmethods").value
    listed = tuple(map(str, given)) if isinstance(given, list) else ()
    return TempUrls(listed, config.parameter("tempurlcontainerkey").value is True)
