"""What push, pull, delete and garbage collection do with a container, tried under probe names.

The steps are the requests of the release, in its order: 2.8.2 seen with a real registry, 2.5, 2.7 and 3.x by their
source and the records of real runs. Nothing is written where it could not be removed again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from registry_preflight.storage import probe_names
from registry_preflight.storage.azure_answers import AzureRefusal
from registry_preflight.storage.azure_signing import Delegated
from registry_preflight.storage.s3_answers import S3Refusal
from registry_preflight.storage.steps import Blocked, Step, Steps

if TYPE_CHECKING:
    from registry_preflight.storage.azure import AzureStorage

#: The two pieces of the probe's layer: a small one, and one as large as the driver sends them.
PIECES = (4096, 4 << 20)
LAYER = sum(PIECES)
#: Seconds that a copy of a few megabytes inside an account gets where the registry waits longer, or without end (2.x).
COPY_PATIENCE = 5.0
#: The state of a copy that is not done by then.
SLOW = "slow"
#: What becomes of a copy of which the service does not tell the state: 3.x reads the header without looking for it.
UNTOLD = "the answer has no x-ms-copy-status"
_PAUSE = 0.1
#: The shortest pause between two questions.
_BREATH = 0.01
#: What looks at the probe blobs.
_BEFORE_REMOVAL = ("state", "read", "stat", "copy", "read blob", "redirect")
#: The codes that 3.x takes for "not there" (its driver: `is404`).
ABSENT = ("BlobNotFound", "ContainerNotFound", "ResourceNotFound", "CannotVerifyCopySource")
#: The status of Create Container where there is one already.
CONFLICT = 409
#: The code with which a directory that is not empty refuses to be deleted as a blob.
DIRECTORY = "DirectoryIsNotEmpty"


class Rehearsal:
    """The steps of one run. Ask `step` for what became of one; `_work` names them."""

    def __init__(self, storage: AzureStorage) -> None:
        self._storage = storage
        self._release = storage.config.release
        run = storage.run_id
        self.repository = storage.place("repositories", storage.repository)
        self.upload = f"{self.repository}/_uploads/{probe_names.upload(run, 'push')}"
        self.data = f"{self.upload}/data"
        self.marker = f"{self.upload}/startedat"
        self.state = f"{self.upload}/hashstates/sha256/0"
        self.blob = storage.place(*probe_names.object_blob(run, "copy"))
        # What the registry writes there: the purge of old uploads reads it.
        self._content = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()).encode()
        self._steps = Steps(self._work(), "azure")

    def step(self, name: str) -> Step:
        """What became of a step. Raises `NetworkTrouble` and `TokenTrouble`."""
        return self._steps.result(name)

    def begin(self, *names: str) -> None:
        """See to it that these steps are under way."""
        self._steps.begin(*names)

    def _work(self) -> dict[str, Callable[[], object]]:
        return {
            "contact": lambda: self._storage.list(f"{self.upload}/", 1),
            "exists": self._exists,
            "container": self._container,
            "health": self._health,
            "delete missing": self._delete_missing,
            "mode": self._mode,
            "marker": self._marker,
            "state": self._state,
            "data": self._data,
            "send": self._send,
            "stat": self._stat,
            "read": self._read,
            "delegate": lambda: self._storage.delegate(),
            "copy": self._copy,
            "read blob": self._read_blob,
            "redirect": self._redirect,
            "list": self._list,
            "remove": self._remove,
        }

    # Before anything is written

    def _exists(self) -> bool:
        """Whether the container is there."""
        step = self._steps.result("contact")
        if step.error is not None and step.error.code == "ContainerNotFound":
            return False
        if step.error is None or step.error.status != CONFLICT:  # which 2.x takes for "it is there"
            self._steps.need("contact")
        return True

    def _container(self) -> str:
        """What 2.x does at start; a container that would be made there is tried under another name."""
        if not self._storage.old:
            if not self._steps.need("exists"):
                raise Blocked("exists")
            return self._storage.container
        if self._steps.need("exists"):
            try:
                self._storage.create_container(self._storage.container)
            except AzureRefusal as refused:
                if refused.status != CONFLICT:
                    raise
        else:
            self._storage.make_playground()
        return self._storage.playground

    def _health(self) -> None:
        """What the health check does each time, as far as the listing of "contact" does not show it."""
        self._steps.need("container")
        try:
            self._storage.look_at_root()
        except AzureRefusal as refused:
            if not self._absent(refused):
                raise

    def _delete_missing(self) -> None:
        """The first request of each removal: the name of the directory, as if it were a blob."""
        self._steps.need("container")
        try:
            self._storage.delete(self.upload)
        except AzureRefusal as refused:
            if not self._absent(refused):
                raise

    def _absent(self, refused: AzureRefusal) -> bool:
        """Whether the release takes a refusal for "not there": 2.x by the status, 3.x by the code."""
        return refused.missing if self._storage.old else refused.code in ABSENT

    def _mode(self) -> str:
        """Empty where all may be tried; else why what is written could not be removed again."""
        self._storage.survey.begin("container", "account")
        self._steps.need("delete missing")
        survey = self._storage.survey
        if survey.locked:
            return survey.locked
        return "the account has a hierarchical namespace" if survey.hierarchical else ""

    def _writable(self) -> None:
        if self._steps.need("mode"):
            raise Blocked("mode")

    # A push

    def _small(self, name: str) -> None:
        """PutContent of the release: one block blob (2.7, 2.8), or an append blob that is made anew each time."""
        storage = self._storage
        blocks = self._release.at_least("2.7") and self._release.major < 3
        kind = ""
        if self._release.at_least("2.7"):
            try:
                kind = storage.head(name).headers.get("x-ms-blob-type", "")
            except AzureRefusal as refused:
                if not self._absent(refused):
                    raise
        if kind == "AppendBlob":
            storage.delete(name)
        if blocks:
            storage.put_block(name, self._content)
        else:
            storage.put_append(name)
            storage.append(name, self._content)

    def _marker(self) -> None:
        """The first blob of an upload, by which `cleanup` knows the run: nothing else is written before it."""
        self._writable()
        self._small(self.marker)

    def _state(self) -> None:
        """The state of the digest, written and written again."""
        self._steps.need("marker")
        self._small(self.state)
        self._small(self.state)

    def _data(self) -> None:
        self._steps.need("marker")
        self._storage.put_append(self.data)

    def _send(self) -> None:
        """Two pieces of a layer; 3.x tells where each is to go."""
        self._steps.need("data")
        at = 0
        for size in PIECES:
            self._storage.append(self.data, bytes(size), None if self._storage.old else at)
            at += size

    def _stat(self) -> bool:
        """Whether the layer has its length."""
        self._steps.need("send")
        return self._storage.head(self.data).headers.get("content-length") == str(LAYER)

    def _read(self) -> bool:
        """Whether the marker comes back as it was written."""
        self._steps.need("marker")
        return self._storage.get(self.marker).body == self._content

    def _key(self) -> Delegated | None:
        return cast("Delegated", self._steps.need("delegate")) if self._storage.by_token else None

    def _copy(self) -> str:
        """The move of the layer: the state in which the copy ended, `pending` where the release would not wait longer, or
        `SLOW`."""
        self._steps.need("send")
        storage = self._storage
        # The source is named without a signature: within an account the right to read it is that of whoever copies.
        answer = storage.copy(storage.wire.url(storage.playground, self.data), self.blob)
        state = answer.headers.get("x-ms-copy-status") or ("success" if storage.old else UNTOLD)
        return (
            self._polled(state, answer.headers.get("x-ms-copy-id", "")) if state == "pending" or storage.old else state
        )

    def _polled(self, state: str, copy: str) -> str:
        """Ask as the release asks: 2.x until it is done; 3.x with growing pauses, and no longer looks at the answer to
        the question that is `max_retries` in number."""
        until, asked = time.monotonic() + COPY_PATIENCE, 0
        most, pause = self._patience()
        while True:
            answer = self._storage.head(self.blob)
            asked += 1
            if asked >= most:
                return self._aborted(copy, "pending")
            state = answer.headers.get("x-ms-copy-status") or ("success" if self._storage.old else UNTOLD)
            if state in ("failed", "aborted"):
                return f"{state}: {answer.headers.get('x-ms-copy-status-description', '')}".rstrip(": ")
            if state != "pending":
                return state
            wait = max(pause * (asked if not self._storage.old else 1), _BREATH)
            if time.monotonic() + wait > until:
                return self._aborted(copy, SLOW)
            time.sleep(wait)

    def _aborted(self, copy: str, state: str) -> str:
        with suppress(AzureRefusal):  # a copy that ended meanwhile
            self._storage.abort_copy(self.blob, copy)
        return state

    def _patience(self) -> tuple[int, float]:
        if self._storage.old:
            return 10_000, _PAUSE
        from registry_preflight.config.gotext import parse_duration

        most = self._storage.config.parameter("max_retries").value
        delay = parse_duration(self._storage.config.parameter("retry_delay").text or "100ms")
        return most if isinstance(most, int) and most else 5, delay / 1e9 if isinstance(delay, int) else _PAUSE

    # A pull, and what removes

    def _read_blob(self) -> None:
        self._steps.need("copy")
        self._storage.get(self.blob)

    def _redirect(self) -> None:
        """A blob by its signed address: the probe's layer or what was written of it, or else a layer of the user."""
        key = self._key()
        storage = self._storage
        written = {"copy": self.blob, "send": self.data, "marker": self.marker}
        if name := next((written[step] for step in written if self._steps.result(step).ok), ""):
            storage.fetch(storage.signed_url(name, key))
            return
        layer = next((read.name for read in storage.survey.samples if read.name.endswith("/data")), "")
        if not layer:
            self._steps.need("copy")
        storage.fetch(storage.signed_url(layer, key, storage.container))

    def _list(self) -> list[str]:
        """The blobs of the upload, as the removal finds them."""
        self._steps.need("marker")
        self._settled("state", "send")
        return [blob.name for blob in self._storage.list(f"{self.upload}/").blobs]

    def _settled(self, *names: str) -> None:
        for name in names:
            self._steps.result(name)

    def _remove(self) -> None:
        """What the end of a push removes, as the release does it, and then the blob, as a collection does."""
        self._steps.need("container")
        self._steps.begin(*_BEFORE_REMOVAL)
        with suppress(Blocked, S3Refusal):
            self._settled(*_BEFORE_REMOVAL)
        self._steps.need("marker")
        storage = self._storage
        found = cast("list[str]", self._steps.need("list"))
        try:
            self._expect_missing(self.upload)
        finally:
            storage.remove_now([*(name for name in found if name != self.marker), self.blob, self.marker])
            self._remove_directories()

    def _expect_missing(self, directory: str) -> None:
        try:
            self._storage.delete(directory)
        except AzureRefusal as refused:
            if not self._absent(refused):
                raise

    def _remove_directories(self) -> None:
        """With a hierarchical namespace the directories stay behind, and are deleted like blobs once they are empty."""
        if self._storage.survey.hierarchical is False:
            return
        uploads = self.upload.rpartition("/")[0]
        states = self.state.rpartition("/")[0]
        for name in (
            states,
            states.rpartition("/")[0],
            self.upload,
            uploads,
            self.repository,
            self.blob.rpartition("/")[0],
        ):
            with suppress(AzureRefusal):  # there is none, or somebody uses it
                self._storage.delete(name)
