"""What push, pull, delete and garbage collection do with a container, tried under probe names.

The steps are the driver's requests (2.8.2, seen on the wire): an upload is a file that says when it began, segments, and a
manifest without content that joins them (a dynamic large object); it is moved by another manifest. What only needs rights
is asked of names that are not there: a cluster says 404 to those who may, and 401 or 403 to the others.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

from registry_preflight.storage import probe_names
from registry_preflight.storage.network import Answer
from registry_preflight.storage.steps import Blocked, Steps
from registry_preflight.storage.swift_auth import SwiftRefusal, refusal

if TYPE_CHECKING:
    from registry_preflight.storage.swift import SwiftStorage

#: The sizes of the two segments.
SIZES = (4096, 1024)
#: The large layer of the push stage.
LAYER = 40 << 20
#: Seconds that the driver waits for segments to show up, and between two of its looks.
PATIENCE = 15.0
PAUSE = 0.1
#: Seconds that an address lives to which clients are sent.
LIFE = 20 * 60
NOT_FOUND = 404
#: What a client gets whose address the cluster accepts: the object, or that there is none of this name.
LET_IN = (200, NOT_FOUND)


class SwiftTrial(NamedTuple):
    """What became of a step: `blocked` names the step that had to come first and did not go well."""

    value: Any = None
    refusal: SwiftRefusal | None = None
    blocked: str = ""

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.refusal is None and not self.blocked


class Rehearsal:
    """The steps of one run. Ask `step` for what became of one."""

    def __init__(self, storage: SwiftStorage) -> None:
        self._storage = storage
        run = storage.run_id
        upload = ("repositories", storage.repository, "_uploads", probe_names.upload(run, "push"))
        self.marker = storage.path(*upload, "startedat")
        self.copied = storage.path(*upload, "hashstates", "sha256", "0")
        self.data = storage.path(*upload, "data")
        self.missing = storage.path(*upload, "none")
        self.blob = storage.path(*probe_names.object_blob(run, "copy"))
        self.parts = storage.segments("/" + "/".join(("docker/registry/v2", *upload, "data")), os.urandom(32))
        self._content = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()).encode()
        self._steps = Steps({name: partial(self._kept, work) for name, work in self._work().items()}, "swift")

    def _work(self) -> dict[str, Callable[[], object]]:
        return {
            "place": self._place,
            "marker": self._mark,
            "large segment": self._large_segment,
            "segment 1": lambda: self._put(f"{self.parts}/{1:016d}", bytes(SIZES[0])),
            "segment 2": lambda: self._put(f"{self.parts}/{2:016d}", bytes(SIZES[1])),
            "manifest": self._manifest,
            "visible": self._visible,
            "stat": self._stat,
            "copy": self._copy,
            "move": self._move,
            "read": self._read,
            "list": self._list,
            "read missing": lambda: self._missing("GET"),
            "delete missing": lambda: self._missing("DELETE"),
            "own key": self._own_key,
            "signed GET": lambda: self._signed("GET", self.missing),
            "signed GET of a blob": lambda: self._signed_blob("GET"),
            "signed HEAD of a blob": lambda: self._signed_blob("HEAD"),
            "remove": self._remove,
        }

    def step(self, name: str) -> SwiftTrial:
        """What became of a step. Raises `NetworkTrouble`."""
        step = self._steps.result(name)
        if step.blocked:
            return SwiftTrial(blocked=step.blocked)
        return SwiftTrial(refusal=step.value) if isinstance(step.value, SwiftRefusal) else SwiftTrial(step.value)

    def begin(self, *names: str) -> None:
        """See to it that these steps are under way."""
        self._steps.begin(*names)

    def _kept(self, work: Callable[[], object]) -> object:
        """Do it; a refusal is its value."""
        try:
            return work()
        except SwiftRefusal as refused:
            return refused

    def _need(self, *names: str) -> Any:
        """The value of the last of some steps, which run beside each other. Raises `Blocked` where one came to nothing."""
        self.begin(*names)
        for name in names:
            trial = self.step(name)
            if not trial.ok:
                raise Blocked(trial.blocked or name)
        return trial.value

    # Where

    def _place(self) -> str:
        """The container, or one of our own that stands in for it."""
        head = self._storage.head
        if head.trouble is not None:
            raise head.trouble
        if head.refusal is not None:
            if head.refusal.status != NOT_FOUND:
                raise head.refusal
            self._storage.make_stand_in()
        return self._storage.place

    # A push

    def _mark(self) -> None:
        """The file that says when the upload began."""
        self._need("place")
        self._storage.put_whole(self.marker, self._content)

    def _put(self, name: str, content: bytes) -> None:
        self._need("place")
        self._storage.put(name, content)

    def _large_segment(self) -> None:
        """A segment as large as the push stage's, for clusters that do not say what they take."""
        chunk = self._storage.config.parameter("chunksize").value
        name = f"{self.parts}/{3:016d}"
        self._put(name, bytes(min(chunk if isinstance(chunk, int) else LAYER, LAYER)))
        self._storage.remove(name)

    def _manifest(self) -> None:
        if self._storage.info.limit("max_file_size") is None:
            self.step("large segment")  # it lies below the same name, and must be gone before they are joined
        self._need("segment 1", "segment 2")
        self._join(self.data)

    def _join(self, name: str) -> None:
        # As it is: the cluster takes escapes out of it, which the driver does not put in.
        self._storage.put(name, b"", {"X-Object-Manifest": _on_the_wire(f"{self._storage.place}/{self.parts}")})

    def _visible(self) -> float:
        """The seconds until the object had the size of its segments; -1 where it has not after the driver's patience."""
        self._need("manifest")
        began = time.monotonic()
        while True:
            answer = self._storage.send("HEAD", self.data)
            if _size(answer) == sum(SIZES):
                return time.monotonic() - began
            if time.monotonic() > began + PATIENCE:
                return -1.0
            time.sleep(PAUSE)

    def _stat(self) -> bool:
        """Whether a listing shows the upload, as the driver looks before each step."""
        self._need("manifest")
        return any(one.get("name") == self.data for one in self._storage.listing(self.data, "/"))

    def _copy(self) -> None:
        self._need("marker")
        self._storage.copy(self.marker, self.copied)

    def _move(self) -> None:
        self._need("visible", "stat")
        self._join(self.blob)
        self._storage.remove(self.data)

    def _read(self) -> Answer:
        self._need("move")
        return self._storage.send("GET", self.blob)

    @property
    def content(self) -> bytes:
        """What a pull of the blob must bring."""
        return bytes(sum(SIZES))

    # What is there

    def _list(self) -> int:
        self._need("place")
        return len(self._storage.listing(self._storage.path("repositories") + "/", "/"))

    def _missing(self, method: str) -> None:
        """A request for what is not there."""
        self._need("place")
        try:
            self._storage.send(method, self.missing)
        except SwiftRefusal as refused:
            if refused.status != NOT_FOUND:
                raise

    # Temporary addresses

    def signed(self, method: str, name: str, key: str, container: str = "") -> str:
        """The address to which a client is sent, as the driver signs it; its `accesskey` is put in front."""
        storage = self._storage
        container = container or storage.place
        place = storage.url(name, container=container)
        expires = int(time.time()) + LIFE
        path = f"{urlsplit(storage.session.storage_url).path}/{container}/{name}"
        signature = hmac.new(key.encode(), f"{method}\n{expires}\n{path}".encode(), "sha1").hexdigest()
        if access := storage.config.parameter("accesskey").text:
            tenant = storage.config.parameter("tenantid").text
            signature = quote(f"{tenant}:{access}:{signature}", safe="")
        return f"{place}?temp_url_sig={signature}&temp_url_expires={expires}"

    @property
    def key(self) -> str:
        """The key that the registry will sign with: the config's, or the one that is there; empty where neither is known."""
        return self._storage.config.parameter("secretkey").text or self.known_key

    @property
    def known_key(self) -> str:
        """The key that the user may see at the container or the account."""
        storage = self._storage
        on_container = storage.temp_urls.on_container
        seen = storage.head if on_container else storage.account
        name = f"x-{'container' if on_container else 'account'}-meta-temp-url-key"
        found = _off_the_wire(seen.value.headers.get(name, "")) if seen.ok else ""
        storage.config.secrets.learn((found,))
        return found

    def _own_key(self) -> Answer | None:
        """The answer to an address signed by the key that the config has, or any, where the user may set it; else None.

        Tried on a container of this run's. Only an owner may. To others who may make containers the cluster says that all went
        well, and leaves the key out.
        """
        self._need("place")
        name = f"{self._storage.repository}-key"
        key = self._storage.config.parameter("secretkey").text or os.urandom(16).hex()
        entry = self._storage.make_container(name, {"X-Container-Meta-Temp-URL-Key": _on_the_wire(key)})
        seen = self._storage.ask("HEAD", self._storage.url(container=name))
        answer = None
        if _off_the_wire(seen.headers.get("x-container-meta-temp-url-key", "")) == key:
            answer = self._storage.transport.send("GET", self.signed("GET", "none", key, name), {})
        self._storage.ledger.remove(entry)
        return answer

    def _signed(self, method: str, name: str) -> Answer:
        """Ask as a client does that was sent: no token."""
        if not self.key:
            raise Blocked("key")
        self._need("place")
        answer = self._storage.transport.send(method, self.signed("GET", name, self.key), {})
        if answer.status not in LET_IN:
            raise refusal(answer, f"signed {method}")
        return answer

    def _signed_blob(self, method: str) -> Answer:
        self._need("move")
        if self._storage.place != self._storage.container:
            raise Blocked("key")
        answer = self._signed(method, self.blob)
        if answer.status != 200:
            raise refusal(answer, f"signed {method}")
        return answer

    # Removal

    def _remove(self) -> list[str]:
        """Everything that was written, the marker last, as the driver removes it; the names that are still there."""
        looks = ("read", "copy", "signed GET of a blob", "signed HEAD of a blob")
        self.begin(*looks)
        for name in looks:
            self.step(name)  # they look at the objects while there are some
        self._need("marker")
        names = [f"{self.parts}/{1:016d}", f"{self.parts}/{2:016d}", self.blob, self.copied]
        if at_once := self._storage.info.bulk_delete:
            for start in range(0, len(names), at_once):
                self._storage.bulk_delete(names[start : start + at_once])
        else:
            for name in names:
                self._storage.remove(name)
        left = self._storage.listing(self.parts, "")
        if not left:
            for name in names:
                self._storage.forget(name)
        self._storage.remove(self.marker)
        return [str(one.get("name")) for one in left]


def _on_the_wire(text: str) -> str:
    """A header's value as Go sends it, in UTF-8, for a library that sends Latin-1."""
    return text.encode().decode("latin-1")


def _off_the_wire(text: str) -> str:
    return text.encode("latin-1", "replace").decode("utf-8", "replace")


def _size(answer: Answer) -> int:
    try:
        return int(answer.headers.get("content-length", "-1"))
    except ValueError:
        return -1
