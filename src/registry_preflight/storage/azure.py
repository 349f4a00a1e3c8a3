"""A blob container as a check may use it: the requests that the registry's release makes, and no verdicts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from registry_preflight.ledger import Entry
from registry_preflight.storage import probe_names
from registry_preflight.storage.azure_address import LAYOUT, Address, address_of, root_of, transport_of
from registry_preflight.storage.azure_answers import AzureRefusal, Listing, days_kept, delegated, listing
from registry_preflight.storage.azure_signing import (
    EARLIER,
    Delegated,
    delegated_signature,
    moment,
    service_signature,
    signed_as,
)
from registry_preflight.storage.azure_tokens import Tokens, TokenTrouble
from registry_preflight.storage.azure_wire import AzureWire, Signer
from registry_preflight.storage.network import Answer, NetworkTrouble, Transport
from registry_preflight.storage.reach import Reach

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config
    from registry_preflight.ledger import Ledger
    from registry_preflight.storage.azure_rehearsal import Rehearsal
    from registry_preflight.storage.azure_survey import Survey

__all__ = ["AzureRefusal", "AzureStorage", "NetworkTrouble", "TokenTrouble", "Unremoved"]

#: How much of a blob of the user is read at most.
_GLIMPSE = 4096
#: Seconds that a delegated key is asked for, as 3.x does.
_DELEGATED = 48 * 3600
#: The version in which the account tells of itself whether it has a hierarchical namespace.
_TELLING = "2020-10-02"
_GONE = frozenset({"BlobNotFound", "ContainerNotFound", "ResourceNotFound", "ContainerBeingDeleted"})


class Unremoved(Exception):
    """The service refused to remove something; the text says why."""


class AzureStorage(Reach):
    """The container of one config. `root` is what stands before `docker/registry/v2` in the names of its blobs.

    Verbs raise `AzureRefusal` with what the service said, `NetworkTrouble` where it said nothing, and `TokenTrouble`
    where there is no token to ask with.
    """

    Unremoved = Unremoved

    def __init__(self, config: Config, ledger: Ledger, run_id: str) -> None:
        super().__init__(config)
        self.ledger = ledger
        self.run_id = run_id
        self.root = root_of(config)
        self.account = config.parameter("accountname").text
        self.old = config.release.major < 3
        container = config.parameter("container").text
        #: 3.x joins the parts of an address without minding slashes.
        self.container = container if self.old else container.strip("/")
        #: Where the rehearsal writes: another container where this one does not exist yet.
        self.playground = self.container
        self._entries: dict[str, Entry] = {}

    # The way there

    @property
    def address(self) -> Address:
        """Where this release sends its requests."""
        return self._once("address", lambda: address_of(self.config))

    @property
    def transport(self) -> Transport:
        """The connections to the service."""
        return self._once("transport", lambda: transport_of(self.config, self.meter))

    @property
    def by_token(self) -> bool:
        """Whether the registry logs in with a token, and not with the key."""
        kind = (
            self.config.parameter("credentials.type").text if self.config.parameters.reads("credentials.type") else ""
        )
        if kind == "default_credentials":
            return self.config.release.fact("azure_default_credentials_work") is not False
        return kind == "client_secret"

    @property
    def tokens(self) -> Tokens:
        """Where tokens come from."""
        return self._once("tokens", lambda: Tokens(self.config, self._way_to_tokens()))

    def _way_to_tokens(self) -> Transport:
        if self.config.parameter("skipverify").value is not True:
            return self.transport
        return transport_of(self.config, self.meter, for_tokens=True)

    @property
    def wire(self) -> AzureWire:
        """The signed way to the account."""
        return self._once("wire", self._new_wire)

    def _new_wire(self) -> AzureWire:
        ask = (lambda: self.tokens.token().text) if self.by_token else None
        by = Signer(self.account, self.config.parameter("accountkey").text, ask)
        version = str(self.config.release.fact("azure_api_version"))
        return AzureWire(self.address, by, self.transport, version, one_segment=not self.old)

    @property
    def identity(self) -> str:
        """Who asks, for a sentence."""
        if not self.by_token:
            return f"the key of account {self.account}"
        try:
            return self.tokens.token().link
        except (TokenTrouble, NetworkTrouble):
            return "nobody (no token)"

    @property
    def repository(self) -> str:
        """The repository of this run's probes."""
        return probe_names.repository(self.run_id)

    def place(self, *names: str) -> str:
        """The name of a blob below the registry's own directory."""
        return "/".join((f"{self.root}{LAYOUT}", *names))

    @property
    def rehearsal(self) -> Rehearsal:
        """What the stages of this release do with the container, tried once for all checks."""
        from registry_preflight.storage.azure_rehearsal import Rehearsal

        return self._once("rehearsal", lambda: Rehearsal(self))

    @property
    def survey(self) -> Survey:
        """What the account and the container tell of themselves, and what is in it, asked once for all checks."""
        from registry_preflight.storage.azure_survey import Survey

        return self._once("survey", lambda: Survey(self))

    # Blobs

    def put_block(self, name: str, content: bytes) -> None:
        """Put Blob: a block blob in one piece. It goes into the ledger before it is made."""
        headers = {"x-ms-blob-type": "BlockBlob"}
        with self.ledger.creating("blob", name, lambda: self._remove(name)) as entry:
            self._entries[name] = entry
            self.wire.send("PUT", self.playground, name, (), headers, content)

    def put_append(self, name: str) -> None:
        """Put Blob: an empty append blob. It goes into the ledger before it is made."""
        with self.ledger.creating("blob", name, lambda: self._remove(name)) as entry:
            self._entries[name] = entry
            self.wire.send("PUT", self.playground, name, (), {"x-ms-blob-type": "AppendBlob"})

    def append(self, name: str, content: bytes, at: int | None = None) -> None:
        """Append Block; `at` is the size that the blob must have, which 3.x tells."""
        headers = {} if at is None else {"x-ms-blob-condition-appendpos": str(at)}
        self.wire.send("PUT", self.playground, name, [("comp", "appendblock")], headers, content)

    def head(self, name: str) -> Answer:
        """Get Blob Properties."""
        return self.wire.send("HEAD", self.playground, name)

    def get(self, name: str, container: str = "", first: int = 0, last: int = _GLIMPSE - 1) -> Answer:
        """Get Blob, a range of it."""
        headers = {"Range": f"bytes={first}-{last}"}
        return self.wire.send("GET", container or self.playground, name, (), headers, limit=_GLIMPSE)

    def copy(self, source: str, name: str) -> Answer:
        """Copy Blob from an address: the service begins to copy, and may have ended."""
        with self.ledger.creating("blob", name, lambda: self._remove(name)) as entry:
            self._entries[name] = entry
            return self.wire.send("PUT", self.playground, name, (), {"x-ms-copy-source": source})

    def abort_copy(self, name: str, copy: str) -> None:
        """Abort Copy Blob."""
        query = [("comp", "copy"), ("copyid", copy)]
        self.wire.send("PUT", self.playground, name, query, {"x-ms-copy-action": "abort"})

    def delete(self, name: str) -> None:
        """Delete Blob."""
        self.wire.send("DELETE", self.playground, name)
        if entry := self._entries.pop(name, None):
            self.ledger.forget(entry)

    def list(
        self, prefix: str, most: int = 0, marker: str = "", container: str = "", snapshots: bool = False
    ) -> Listing:
        """List Blobs, a page of it, as both drivers do: flat. They do not ask for `snapshots`."""
        query = [("restype", "container"), ("comp", "list"), ("prefix", prefix)]
        query += [("include", "snapshots")] if snapshots else []
        query += [("maxresults", str(most))] if most else []
        query += [("marker", marker)] if marker else []
        answer = self.wire.send("GET", container or self.playground, "", query)
        return listing(answer, f"GET {container or self.playground}?comp=list")

    # The container and the account

    def create_container(self, name: str) -> None:
        """Create Container; one that is there is refused with 409, which the driver takes for success."""
        self.wire.send("PUT", name, "", [("restype", "container")])

    def make_playground(self) -> None:
        """A container of this run, to try in what would be tried in the one that does not exist yet."""
        name = self.repository
        with self.ledger.creating("container", name, lambda: self._remove_container(name)):
            self.create_container(name)
        self.playground = name

    def container_properties(self) -> Answer:
        """Get Container Properties."""
        return self.wire.send("GET", self.container, "", [("restype", "container")], version=_TELLING)

    def account_information(self) -> Answer:
        """Get Account Information."""
        return self.wire.send("GET", "", "", [("restype", "account"), ("comp", "properties")], version=_TELLING)

    def days_kept(self) -> int:
        """For how many days what is deleted is kept; 0 where it is not."""
        answer = self.wire.send("GET", "", "", [("restype", "service"), ("comp", "properties")], version=_TELLING)
        return days_kept(answer, "GET service properties")

    # Addresses for others

    def delegate(self) -> Delegated:
        """Get User Delegation Key, for as long as 3.x asks."""
        start = time.time() - EARLIER
        body = (
            '<?xml version="1.0" encoding="utf-8"?><KeyInfo>'
            f"<Start>{moment(start)}</Start><Expiry>{moment(start + _DELEGATED)}</Expiry></KeyInfo>"
        ).encode()
        query = [("restype", "service"), ("comp", "userdelegationkey")]
        answer = self.wire.send("POST", "", "", query, {"Content-Type": "application/xml"}, body)
        return delegated(answer, "Get User Delegation Key")

    def signed_url(self, name: str, key: Delegated | None, container: str = "") -> str:
        """The address that the registry sends a client to; with a delegated key where it logs in with a token."""
        version, container, new = self.wire.version, container or self.playground, not self.old
        url = self.wire.public_url(container, name)
        if new:
            container, name = signed_as(self.address.host, self.address.path, container, name)
        if key is not None:
            query = delegated_signature(self._delegated_for, key, container, name, version)
        else:
            own = self.config.parameter("accountkey").text
            query = service_signature(self.account, own, container, name, version, https_only=new, start=new)
        return f"{url}?{query}"

    def fetch(self, url: str) -> Answer:
        """What a client gets from such an address."""
        return self.wire.plain(url, "GET by a signed address", _GLIMPSE)

    def look_at_root(self) -> None:
        """What the health check of 3.x asks first, the properties of `/`: for a root of slashes alone no blob is named."""
        name = "/"
        if given := self.config.parameter("rootdirectory").text:
            name = f"{given.rstrip('/')}/".lstrip("/")
        self.wire.send("HEAD", self.container if name else f"{self.container}/", name)

    @property
    def _delegated_for(self) -> str:
        """The account that 3.x signs for with a delegated key, whatever accountname says: the first label of the host with
        its port (azblob: `GetUserDelegationCredential`)."""
        host = self.config.parameter("serviceurl").text.partition("://")[2].partition("/")[0]
        return (host or self.account).partition(".")[0]

    @property
    def misread(self) -> bool:
        """Whether 3.x takes parts of the service's address for the container or the account when it signs addresses for
        clients."""
        if self.old:
            return False
        container, _ = signed_as(self.address.host, self.address.path, self.container, "x")
        return container != self.container or (self.by_token and self._delegated_for != self.account)

    # Removal

    def remove_now(self, names: Sequence[str]) -> None:
        """Delete probe blobs; what is not there counts as deleted."""
        for name in names:
            with suppress(FileNotFoundError):
                self._delete_quietly(name)

    def _delete_quietly(self, name: str) -> None:
        try:
            self.delete(name)
        except AzureRefusal as refused:
            if refused.code in _GONE or refused.missing:
                raise FileNotFoundError(name) from None
            raise

    def _remove(self, name: str) -> None:
        """A ledger's remover."""
        try:
            self._delete_quietly(name)
        except AzureRefusal as refused:
            raise Unremoved(f"{self.playground} answers {refused.short}") from None

    def _remove_container(self, name: str) -> None:
        try:
            self.wire.send("DELETE", name, "", [("restype", "container")])
        except AzureRefusal as refused:
            if refused.code not in _GONE:
                raise Unremoved(f"{self.account} answers {refused.short}") from None

    # Earlier runs

    def leftovers(self) -> Sequence[str]:
        """Names of what interrupted runs left, other than this run's."""
        from registry_preflight.storage.azure_cleanup import leftovers

        try:
            return [str(one) for one in leftovers(self)]
        except (AzureRefusal, NetworkTrouble, TokenTrouble):  # what can't be listed can't be found; `clean_up` tells
            return []

    def clean_up(self) -> Sequence[str]:
        """Remove what interrupted runs left; the names that stayed, with the reason."""
        from registry_preflight.storage.azure_cleanup import clean_up

        try:
            return clean_up(self)
        except (AzureRefusal, NetworkTrouble, TokenTrouble) as trouble:
            return [f"{self.container}: what is left can't be looked for: {trouble}"]
