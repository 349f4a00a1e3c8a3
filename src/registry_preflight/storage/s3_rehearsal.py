"""What push, pull, delete and garbage collection do with a bucket, tried under probe names.

The steps are the requests of the release (measured on 2.5.2, 2.8.2 and 3.1.1), in its order where one needs the other
and beside each other where not. What rights there are at places where a probe could be seen is asked by requests that
are refused on purpose: a PutObject with a wrong checksum, a DeleteObjects of what is not there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from registry_preflight.check import DELETE, GC, PULL, PUSH, Stage
from registry_preflight.storage import probe_names
from registry_preflight.storage.s3_answers import S3Refusal
from registry_preflight.storage.s3_bodies import Listing
from registry_preflight.storage.s3_shown import blind_stages
from registry_preflight.storage.s3_wire import Body
from registry_preflight.storage.steps import Asked, Blocked, Place, Step, Steps, beside, values_of

if TYPE_CHECKING:
    from registry_preflight.storage.s3 import S3Storage
    from registry_preflight.storage.s3_bodies import Upload

#: The smallest part that S3 takes anywhere but at the end, and the end of the probe's upload.
PART = 5 << 20
TAIL = 4096
#: What is uploaded in a bucket that keeps every version for a while.
LITTLE = 4096
#: The large layer of the push stage, which lies in the bucket twice for a moment.
LAYER = 40 << 20
#: What a store says of a key when it is only busy.
PASSING = frozenset({"InternalError", "SlowDown", "ServiceUnavailable"})
#: What lies there three times for it beside the 15 MiB of the other probes: 80 MiB in all.
ROOM = (2 * LAYER - 3 * PART) // 3
_PAGE = 1000
NO_ID = "registry-preflight-no-such-upload"
#: What looks at the probe objects.
_BEFORE_REMOVAL = ("read", "read state", "state", "stat", "copy", "copy-parts", "room", "read blob")


class Rehearsal:
    """The steps of one run. Ask `step` for what became of one; `STEPS` in `_work` names them."""

    def __init__(self, storage: S3Storage) -> None:
        self._storage = storage
        release = storage.config.release
        self.three = release.major >= 3
        self._walks_v2 = release.at_least("2.7")
        run = storage.run_id
        self.repository = storage.place("repositories", storage.repository)
        self.uploads = f"{self.repository}/_uploads/{probe_names.upload(run, 'push')}"
        self.cancelled = f"{self.repository}/_uploads/{probe_names.upload(run, 'cancel')}/data"
        self.data = f"{self.uploads}/data"
        self.marker = f"{self.uploads}/startedat"
        self.state = f"{self.uploads}/hashstates/sha256/0"
        self.blob = storage.place(*probe_names.object_blob(run, "copy"))
        self.parts_blob = storage.place(*probe_names.object_blob(run, "parts"))
        self.room_blobs = [storage.place(*probe_names.object_blob(run, name)) for name in probe_names.ROOM]
        self._copies = [storage.place(*probe_names.object_blob(run, name)) for name in probe_names.ROOM_BY_COPIES]
        self._filled: list[str] = []
        digest = self.blob.rsplit("/", 2)[1]
        manifests = f"{self.repository}/_manifests"
        # 3.x answers 202 to a DELETE whose tags it could not remove (handlers/manifests.go of 3.0 and 3.1).
        untag = () if self.three else (DELETE,)
        self.places = {
            place.name: place
            for place in (
                Place("upload", f"{self.uploads}/none", (PUSH,)),
                Place("blob", self.blob, (GC,)),
                Place("layer link", f"{self.repository}/_layers/sha256/{digest}/link", (GC,) if self.three else ()),
                Place("manifest link", f"{manifests}/revisions/sha256/{digest}/link", (DELETE,)),
                Place("tag", f"{manifests}/tags/latest/current/link", untag),
                Place("tag index", f"{manifests}/tags/latest/index/sha256/{digest}/link", untag),
            )
        }
        # What the registry writes there: the purge of old uploads reads it.
        self._content = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()).encode()
        self.listings = self._listings()
        self._steps = Steps(self._work(), "s3")

    def step(self, name: str) -> Step:
        """What became of a step. Raises `NetworkTrouble`."""
        return self._steps.result(name)

    def begin(self, *names: str) -> None:
        """See to it that these steps are under way."""
        self._steps.begin(*names)

    def _work(self) -> dict[str, Callable[[], object]]:
        named: dict[str, Callable[[], object]] = {
            "deletes": self._delete_all,
            "mode": self._mode,
            "marker": self._marker,
            "state": lambda: self._write(self.state),
            "create": self._create,
            "send": self._send,
            "uploads": self._uploads,
            "parts": self._parts,
            "complete": self._complete,
            "stat": self._stat,
            "shown": lambda: blind_stages(self._storage, self),
            "read": lambda: self._read(self.marker, "marker"),
            "read state": lambda: self._read(self.state, "state"),
            "copy": self._copy,
            "copy-parts": self._copy_parts,
            "room": self._room,
            "abort": self._abort,
            "cancel": self._cancel,
            "presigned GET": lambda: self._presigned("GET"),
            "presigned HEAD": lambda: self._presigned("HEAD"),
            "remove": self._remove,
        }
        for name, listing in self.listings.items():
            named[f"list {name}"] = listing.ask
        for place in self.places.values():
            own = self._own if place.name == "upload" else ()
            named[f"delete {place.name}"] = partial(self._delete, place.sample, *own)
            if place.name not in ("upload", "blob"):
                named[f"put {place.name}"] = partial(self._put_in_vain, place.sample)
        named["read blob"] = self._read_blob
        named["put upload"] = lambda: self._storage.put_in_vain(self.places["upload"].sample)
        named["put blob"] = lambda: self._put_in_vain(self.blob)
        return named

    # Lists: each with the prefix and the parameters of the release, for rights may depend on them

    def _listings(self) -> dict[str, Asked]:
        old = self._storage.list_v2 if self.three else self._storage.list_v1
        walk = self._storage.list_v2 if self._walks_v2 else self._storage.list_v1
        folders = "" if self.three else "/"  # 3.x walks through the keys themselves, and through those of layers too
        blobs, repositories = self._storage.place("blobs"), self._storage.place("repositories")
        manifests = f"{self.repository}/_manifests"
        stat = () if self.three else (PULL, DELETE, GC)
        sample = {name: place.sample for name, place in self.places.items()}
        rows: list[tuple[str, Callable[..., Listing], str, str, int, tuple[Stage, ...]]] = [
            ("upload", old, self.data, "", 1, () if self.three else (PUSH,)),
            ("upload to remove", old, self.data, "", 0, (PUSH,)),
            ("hash states", old, f"{self.uploads}/hashstates/sha256/", "/", _PAGE, (PUSH,)),
            ("blob", old, self.blob, "", 1, (PUSH, *stat)),
            # Up to 2.8 what can't be listed counts as gone: the DELETE is answered with 202, and the manifest stays.
            ("manifest to remove", old, sample["manifest link"], "", 0, (DELETE,) if self.three else ()),
            ("tags", old, f"{manifests}/tags/", "/", _PAGE, (DELETE,)),
            ("repositories", walk, f"{repositories}/", folders, _PAGE, (GC,)),
            ("manifests", walk, f"{manifests}/revisions/", folders, _PAGE, (GC,)),
            ("blobs", walk, f"{blobs}/", folders, _PAGE, (GC,)),
            ("blob to remove", old, self.blob.rpartition("/")[0], "", 0, (GC,)),
        ]
        if self.three:
            rows.append(("layers", walk, f"{self.repository}/_layers/", "", _PAGE, (GC,)))
            rows.append(("layer link to remove", old, sample["layer link"], "", 0, (GC,)))
        if self._storage.config.get("health.storagedriver.enabled") is True:
            rows.append(("top", self._top, f"{self._storage.root}/".lstrip("/"), "", 1, (PUSH, PULL, DELETE)))
        return {row[0]: Asked(row[2], row[5], partial(row[1], row[2], row[3], row[4])) for row in rows}

    def _top(self, prefix: str, delimiter: str, most: int) -> Listing:
        """What the health check asks of the root directory: 3.x needs no list where that is an object, a console's mark."""
        try:
            if self._storage.config.release.before("2.7"):
                return self._storage.list_v1(prefix, "/", _PAGE)
            return (self._storage.list_v2 if self.three else self._storage.list_v1)(prefix, delimiter, most)
        except S3Refusal:
            with suppress(S3Refusal):  # the list is what counts
                if self.three and prefix:
                    self._storage.head(prefix)
                    return Listing((), (), False, "")
            raise

    # What may be removed is known before anything is written

    def _delete_all(self) -> dict[str, str]:
        """One request for the sample of every place: the store answers key by key, or refuses the whole."""
        keys = [*self._own, *(place.sample for place in self.places.values())]
        refused = self._storage.delete_many(keys)
        if any(code in PASSING for code in refused.values()):  # told for a key, so that no library asks again
            refused = self._storage.delete_many(keys)
        return refused

    @property
    def _own(self) -> tuple[str, ...]:
        """What this run is about to write in the directory of its upload."""
        return (self.marker, self.state, self.data)

    def _delete(self, *keys: str) -> None:
        step = self._steps.result("deletes")
        if step.error is not None:
            raise step.error
        refused = cast("dict[str, str]", step.value)
        self._raise_refused({key: refused[key] for key in keys if key in refused})

    @staticmethod
    def _raise_refused(refused: dict[str, str]) -> None:
        said = "told for this key, in an answer of status 200"
        for key, code in refused.items():
            raise S3Refusal(403, code, said, f"DeleteObjects {key}", {"per-key": "yes"})

    def _mode(self) -> str:
        """`full`; `little` where versions are kept; `traceless` where what is written could not be removed again."""
        own = ("delete upload", "delete blob")
        self._steps.begin(*own, "abort")
        kept = self._storage.survey.retention
        if not all(self._steps.result(name).ok for name in own):
            return "traceless"
        return "little" if kept else "full"

    @property
    def traceless(self) -> bool:
        """Whether nothing may be written, since it could not be removed."""
        return self._steps.need("mode") == "traceless"

    def _marker(self) -> None:
        """The first object of an upload, by which `cleanup` knows the run: nothing else is written before it."""
        self._write(self.marker)

    def _write(self, key: str) -> None:
        if key != self.marker:
            self._steps.need("marker")
        if self.traceless:
            self._storage.put_in_vain(key)
        else:
            self._storage.put(key, self._content)

    def _put_in_vain(self, key: str) -> None:
        self._steps.result("marker")  # a store may take it in spite of all
        self._storage.put_in_vain(key)

    # The upload of a layer

    def _create(self) -> Upload:
        if self.traceless:
            self._steps.need("abort")
        else:
            self._steps.need("marker")
        return self._storage.create_upload(self.data)

    def _send(self) -> list[str]:
        whole = [Body.of(bytes(size)) for size in (PART, TAIL)]  # summed up while the upload is being made
        upload = cast("Upload", self._steps.need("create"))
        bodies = whole if self._steps.need("mode") == "full" else [Body.of(bytes(LITTLE))]
        send = partial(self._storage.upload_part, upload)
        return values_of(beside("s3 send", [partial(send, number, body) for number, body in enumerate(bodies, 1)]))

    @property
    def sizes(self) -> list[int]:
        """The sizes of the parts that were sent."""
        return [PART, TAIL] if self._steps.need("mode") == "full" else [LITTLE]

    def _uploads(self) -> bool:
        """Whether the upload is found, as each PATCH looks for it: releases before 3.0 look at the first page alone."""
        upload = cast("Upload", self._steps.need("create"))
        found, _ = self._storage.list_uploads(self.data)
        return any(one.key == upload.key and one.id == upload.id for one in found)

    def _parts(self) -> list[int]:
        upload = cast("Upload", self._steps.need("create"))
        self._steps.need("send")
        return self._storage.list_parts(upload)

    def _complete(self) -> None:
        upload = cast("Upload", self._steps.need("create"))
        etags = cast("list[str]", self._steps.need("send"))
        # They look at the upload while there is one.
        self._steps.begin("uploads", "parts")
        self._settled("uploads", "parts")
        if self.traceless:
            self._storage.abort(upload.key, upload.id)
            raise Blocked("delete upload")
        self._storage.complete(upload, list(enumerate(etags, 1)))

    def _settled(self, *names: str) -> None:
        self._steps.begin(*names)
        for name in names:
            self._steps.result(name)

    def _stat(self) -> int:
        """The size that the release sees before it moves the upload."""
        self._steps.need("complete")
        if self.three:
            try:
                return int(self._storage.head(self.data).headers.get("content-length", "-1"))
            except S3Refusal:
                pass  # the release falls back to a list
        ask = self._storage.list_v2 if self.three else self._storage.list_v1
        return next((one.size for one in ask(self.data, "", 1).objects if one.key == self.data), -1)

    def _read(self, key: str, written: str) -> bool:
        """Whether a file of the upload comes back as that step wrote it."""
        if self.traceless:
            try:
                self._storage.get(key)
            except S3Refusal as refusal:
                if not refusal.missing:
                    raise
            return True
        self._steps.need(written)
        return self._storage.get(key).body == self._content

    # The move to its place

    def _copy(self) -> None:
        self._steps.need("complete")
        self._storage.copy(self.data, self.blob)

    def _copy_parts(self) -> None:
        self._steps.need("marker")
        if self.traceless:
            raise Blocked("delete upload")
        upload = self._storage.create_upload(self.parts_blob)
        self._steps.need("complete")
        size = sum(self.sizes)
        copy = partial(self._storage.copy_part, self.data, upload)
        starts = enumerate(range(0, size, PART), 1)
        etags = [copy(number, first, min(first + PART, size) - 1) for number, first in starts]
        self._storage.complete(upload, list(enumerate(etags, 1)))

    def _room(self) -> None:
        """Room for the large layer, by copies inside the store: nothing of it is sent. Raises the store's refusal.

        The copies after the first are of whole objects, for which a store need not move a byte. One comes after the
        other, since a store that adds up what it was asked for at once may let all of it pass. A store that takes no
        parts from other objects has room all the same, and a high threshold for such copies makes do without them.
        """
        self._steps.need("complete")
        if self._steps.need("mode") != "full":
            raise Blocked("mode")
        source, *others = self.room_blobs
        try:
            self._fill(source, [min(PART, ROOM - start) for start in range(0, ROOM, PART)])
        except S3Refusal:
            if self._steps.result("copy-parts").ok:
                raise
            source, others = self.data, self._copies
        self._settled("copy-parts")  # its 5 MiB are part of it, and so are those of the copy
        self._steps.need("copy")
        for key in others:
            self._filled.append(key)
            self._storage.copy(source, key)

    def _fill(self, key: str, sizes: list[int]) -> None:
        """Make an object of the beginnings of another; what could be copied is completed, for then it can be deleted."""
        upload = self._storage.create_upload(key)
        copy = partial(self._storage.copy_part, self.data, upload)
        done = beside("s3 room", [partial(copy, number, 0, size - 1) for number, size in enumerate(sizes, 1)])
        copied = [(number, cast("str", step.value)) for number, step in enumerate(done, 1) if step.ok]
        if copied:
            self._storage.complete(upload, copied)
            self._filled.append(key)
        else:
            with suppress(self._storage.Unremoved):  # where nothing else helps, the ledger tells of it
                self._storage.abort_if_there(upload.key, upload.id)
        values_of(done)

    # Cancelled uploads

    def _abort(self) -> None:
        """The right to abort, asked for an upload that is not there."""
        try:
            self._storage.abort(self.data, NO_ID)
        except S3Refusal as refusal:
            if refusal.status not in (400, 404):
                raise

    def _cancel(self) -> None:
        """A second upload, thrown away."""
        self._steps.need("abort")
        if not self.traceless:
            self._steps.need("marker")
        upload = self._storage.create_upload(self.cancelled)
        self._storage.abort(upload.key, upload.id)

    # Pulls and removal

    def _read_blob(self) -> None:
        self._steps.need("copy")
        self._storage.get(self.blob, f"bytes=0-{TAIL - 1}")  # the rest would be sent to nobody

    def _presigned(self, method: str) -> None:
        self._steps.need("copy")
        self._storage.presigned(method, self.blob)

    def _remove(self) -> None:
        """Everything that was written but the marker, in one request, as the registry removes an upload."""
        keys = {"state": self.state, "complete": self.data, "copy": self.blob, "copy-parts": self.parts_blob}
        self._settled(*_BEFORE_REMOVAL)
        if self._storage.config.redirects:
            self._settled("presigned GET", "presigned HEAD")
        if self.traceless:
            raise Blocked("delete upload")
        there = [*self._filled, *(key for step, key in keys.items() if self._steps.result(step).ok)]
        if not there:
            raise Blocked("marker")
        self._raise_refused(self._storage.remove_now(there))
