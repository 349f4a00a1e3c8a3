"""An S3 bucket as a check may use it: the requests that the registry's release makes, and no verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from registry_preflight.ledger import LedgerClosed
from registry_preflight.storage import probe_names
from registry_preflight.storage.network import Answer, NetworkTrouble
from registry_preflight.storage.s3_answers import Element, S3Refusal
from registry_preflight.storage.s3_bodies import Listing, Upload, completion, delete_body, listing
from registry_preflight.storage.s3_reach import S3Reach
from registry_preflight.storage.s3_wire import Body, digest_md5

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config
    from registry_preflight.config.options import Options
    from registry_preflight.ledger import Entry, Ledger
    from registry_preflight.storage.s3_rehearsal import Rehearsal
    from registry_preflight.storage.s3_survey import Survey

__all__ = ["NetworkTrouble", "S3Refusal", "S3Storage", "Unremoved"]

LAYOUT = "docker/registry/v2"
#: How much of an object of the user is read at most: enough for a link, no image.
_GLIMPSE = 4096
_MISSING = frozenset({"NoSuchKey", "NoSuchUpload", "NoSuchVersion"})


class Unremoved(Exception):
    """The store refused to remove a key; the text says why."""


class S3Storage(S3Reach):
    """The bucket of one config. `root` is the prefix of the registry's keys, without slashes at its ends.

    Verbs raise `S3Refusal` with what the store said, and `NetworkTrouble` where it said nothing.
    """

    Unremoved = Unremoved

    def __init__(self, config: Config, ledger: Ledger, run_id: str) -> None:
        super().__init__(config)
        self.ledger = ledger
        self.run_id = run_id
        self.root = config.parameter("rootdirectory").text.strip("/")
        self._versions: dict[str, list[str]] = {}
        self._entries: dict[str, Entry] = {}

    @property
    def options(self) -> Options:
        """The options of the run."""
        return self.config.options

    def place(self, *names: str) -> str:
        """The key of a path below the registry's own directory in the root, as the driver joins it."""
        return "/".join(part for part in (self.root, LAYOUT, *names) if part)

    @property
    def rehearsal(self) -> Rehearsal:
        """What the stages of this release do with the bucket, tried once for all checks."""
        from registry_preflight.storage.s3_rehearsal import Rehearsal

        return self._once("rehearsal", lambda: Rehearsal(self))

    @property
    def survey(self) -> Survey:
        """What is in the bucket and how it is set up, asked once for all checks."""
        from registry_preflight.storage.s3_survey import Survey

        return self._once("survey", lambda: Survey(self))

    # Objects

    def put(self, key: str, content: bytes) -> None:
        """PutObject with the headers of the release. The object goes into the ledger before it is made."""
        headers = {**self.wire.write_headers, "Content-Md5": digest_md5(content)}
        with self.ledger.creating("object", key, lambda: self._remove(key)) as entry:
            self._entries[key] = entry
            self._note_version(key, self.wire.send("PUT", key, (), headers, content))

    def put_in_vain(self, key: str) -> None:
        """PutObject with a checksum that does not fit: a store that would take the object says 400 BadDigest.

        Raises `S3Refusal` for any other answer. It shows whether the right is there, and leaves nothing; a store that
        does not look at the checksum makes the object, which is removed like any other.
        """
        headers = {**self.wire.write_headers, "Content-Md5": digest_md5(b"another content")}
        with self.ledger.creating("object", key, lambda: self._remove(key)) as entry:
            try:
                self._note_version(key, self.wire.send("PUT", key, (), headers, b"never to be stored"))
            except S3Refusal as refusal:
                self.ledger.forget(entry)
                if refusal.code not in (
                    "BadDigest",
                    "InvalidDigest",
                    "XAmzContentSHA256Mismatch",
                    "XAmzContentChecksumMismatch",
                ):
                    raise
            else:
                self._entries[key] = entry

    def head(self, key: str) -> Answer:
        """HeadObject."""
        return self.wire.send("HEAD", key)

    def get(self, key: str, span: str = "bytes=0-", limit: int = _GLIMPSE) -> Answer:
        """GetObject of a range, as the driver reads; no more than `limit` bytes are taken in."""
        return self.wire.send("GET", key, (), {"Range": span}, limit=limit)

    def copy(self, source: str, key: str) -> None:
        """CopyObject with the headers of the release."""
        headers = {**self.wire.write_headers, "X-Amz-Copy-Source": self._source(source)}
        with self.ledger.creating("object", key, lambda: self._remove(key)) as entry:
            self._entries[key] = entry
            answer = self.wire.send("PUT", key, (), headers)
            self._note_version(key, answer)
            self.wire.read(answer, f"copy to {key}")

    def delete_many(self, keys: Iterable[str | tuple[str, str]]) -> dict[str, str]:
        """DeleteObjects, as the driver sends it; answers the code of each key that was refused.

        A key may come with the version that is to go.
        """
        body = delete_body(keys)
        root = self.wire.xml("POST", "", [("delete", "")], body, {"Content-Md5": digest_md5(body)})
        for deleted in root.each("Deleted"):
            self._note_marker(deleted.key("Key"), deleted.get("DeleteMarkerVersionId"))
        return {e.key("Key"): e.get("Code") for e in root.each("Error") if e.get("Code") not in _MISSING}

    # Listings

    def list_v1(self, prefix: str, delimiter: str = "", most: int = 0, after: str = "") -> Listing:
        """ListObjects; without `most` the parameter is left out, as the driver does in a delete."""
        return self._list([("prefix", prefix)] + ([("marker", after)] if after else []), delimiter, most)

    def list_v2(self, prefix: str, delimiter: str = "", most: int = 0) -> Listing:
        """ListObjectsV2."""
        return self._list([("list-type", "2"), ("prefix", prefix)], delimiter, most)

    def _list(self, query: list[tuple[str, str]], delimiter: str, most: int) -> Listing:
        if delimiter:
            query.append(("delimiter", delimiter))
        if most:
            query.append(("max-keys", str(most)))
        return listing(self.wire.xml("GET", "", query))

    # Multipart uploads

    def create_upload(self, key: str) -> Upload:
        """CreateMultipartUpload with the headers of the release. It goes into the ledger, to be aborted at the end."""
        made: list[str] = []

        def remove() -> None:
            for id in made or [upload.id for upload in self.list_uploads(key)[0] if upload.key == key]:
                self.abort_if_there(key, id)

        with self.ledger.creating("multipart upload", key, remove) as entry:
            root = self.wire.xml("POST", key, [("uploads", "")], b"", self.wire.write_headers)
            made.append(root.get("UploadId"))
            self._entries[made[0]] = entry
        return Upload(key, made[0])

    def upload_part(self, upload: Upload, number: int, body: Body) -> str:
        """UploadPart; its ETag."""
        query = [("partNumber", str(number)), ("uploadId", upload.id)]
        answer = self.wire.send("PUT", upload.key, query, {"Content-Md5": body.md5}, body)
        return answer.headers.get("etag", "")

    def copy_part(self, source: str, upload: Upload, number: int, first: int, last: int) -> str:
        """UploadPartCopy of the bytes from `first` to `last`; its ETag."""
        query = [("partNumber", str(number)), ("uploadId", upload.id)]
        headers = {"X-Amz-Copy-Source": self._source(source), "X-Amz-Copy-Source-Range": f"bytes={first}-{last}"}
        root = self.wire.read(self.wire.send("PUT", upload.key, query, headers), f"copy a part of {upload.key}")
        return root.get("ETag")

    def complete(self, upload: Upload, parts: Sequence[tuple[int, str]]) -> None:
        """CompleteMultipartUpload with numbers and ETags: from here on it is an object."""
        with self.ledger.creating("object", upload.key, lambda: self._remove(upload.key)) as entry:
            self._entries[upload.key] = entry
            answer = self.wire.send("POST", upload.key, [("uploadId", upload.id)], {}, completion(parts))
            self._note_version(upload.key, answer)
            self.wire.read(answer, f"complete {upload.key}")
        self._forget(upload.id)

    def list_uploads(self, prefix: str, most: int = 0) -> tuple[list[Upload], bool]:
        """ListMultipartUploads, its first page, and whether there are more."""
        query = [("uploads", ""), ("prefix", prefix)] + ([("max-uploads", str(most))] if most else [])
        root = self.wire.xml("GET", "", query)
        if root.name != "ListMultipartUploadsResult":
            raise S3Refusal(200, "NotS3", f"the answer is a {root.name}", "ListMultipartUploads", {})
        found = [Upload(element.key("Key"), element.get("UploadId")) for element in root.each("Upload")]
        return found, root.get("IsTruncated") == "true"

    def list_parts(self, upload: Upload) -> list[int]:
        """ListParts: the size of each."""
        root = self.wire.xml("GET", upload.key, [("uploadId", upload.id)])
        if not root.name.startswith("ListParts"):  # moto calls it a Response; the registry reads neither name
            raise S3Refusal(200, "NotS3", f"the answer is a {root.name}", "ListParts", {})
        return [int(element.get("Size") or 0) for element in root.each("Part")]

    def abort(self, key: str, id: str) -> None:
        """AbortMultipartUpload."""
        self.wire.send("DELETE", key, [("uploadId", id)])
        self._forget(id)

    def abort_if_there(self, key: str, id: str) -> None:
        """Abort, unless it is gone already. Raises `Unremoved`."""
        try:
            self.abort(key, id)
        except S3Refusal as refusal:
            if not refusal.missing:
                raise Unremoved(f"{self.bucket} answers {refusal.short}") from None

    # The bucket

    def sub_resource(self, name: str) -> Element:
        """A part of the bucket's configuration, such as `lifecycle`."""
        return self.wire.xml("GET", "", [(name, "")])

    def head_bucket(self) -> Answer:
        """HeadBucket, which no registry sends: some stores tell of quotas in its headers."""
        return self.wire.send("HEAD")

    def presigned(self, method: str, key: str) -> Answer:
        """What a client gets that was sent to the store: the request carries the URL, and no credentials.

        Raises `S3Refusal` as the signed verbs do.
        """
        from registry_preflight.storage.s3_answers import refusal

        answer = self.transport.send(method, self.wire.presigned(method, key), {}, limit=_GLIMPSE)
        if answer.status >= 300:
            raise refusal(answer.status, dict(answer.headers), answer.body, f"presigned {method} {key}")
        return answer

    def simulated(self, actions: Sequence[str], resource: str) -> dict[str, bool] | None:
        """What IAM would allow these keys on Amazon's S3, by action; `None` where it does not say."""
        from registry_preflight.storage.aws_metadata import caller_of
        from registry_preflight.storage.aws_simulation import simulate, source_of

        caller = self._once("caller", lambda: caller_of(self.config, self.wire.by, self.transport))
        if not caller:
            return None
        return simulate(self.config, self.wire.by, self.transport, source_of(caller), actions, resource)

    # Removal

    def remove_now(self, keys: Sequence[str]) -> dict[str, str]:
        """DeleteObjects of probe objects, with whatever versions of them the store kept; the refused ones by key."""
        refused = self.delete_many(keys)
        for key in keys:
            if key not in refused and not self._versions.get(key):
                self._forget(key)
        return refused

    def _remove(self, key: str) -> None:
        """A ledger's remover: the object, and then every version that the store told of."""
        try:
            refused = self.delete_many([key])
            if not refused and self._versions.get(key):
                refused = self.delete_many([(key, version) for version in self._versions_of(key)])
        except S3Refusal as refusal:
            raise Unremoved(f"{self.bucket} answers {refusal.short}") from None
        if refused:
            raise Unremoved(f"{self.bucket} answers {refused.get(key) or next(iter(refused.values()))}")

    def _versions_of(self, key: str) -> list[str]:
        """Every version of a probe object: those that the store lists, or else those that it told of."""
        known = self._versions.get(key, [])
        try:
            root = self.wire.xml("GET", "", [("versions", ""), ("prefix", key)])
        except S3Refusal:  # a right of its own, which the registry has no need of
            return known
        listed = [*root.each("Version"), *root.each("DeleteMarker")]
        return list(dict.fromkeys([*known, *(one.get("VersionId") for one in listed if one.key("Key") == key)]))

    def _note_version(self, key: str, answer: Answer) -> None:
        version = answer.headers.get("x-amz-version-id", "")
        if version and version != "null":
            with self._making:
                self._versions.setdefault(key, []).append(version)

    def _note_marker(self, key: str, version: str) -> None:
        """In a versioned bucket a removal leaves a mark, which is to go as well."""
        if not version:
            return
        with self._making:
            self._versions.setdefault(key, []).append(version)
        if key not in self._entries:
            with suppress(LedgerClosed):  # the one who cleans up goes by the versions
                self._entries[key] = self.ledger.record("delete marker", key, lambda: self._remove(key))

    def _forget(self, name: str) -> None:
        if entry := self._entries.pop(name, None):
            self.ledger.forget(entry)

    def _source(self, key: str) -> str:
        """The source of a copy as the driver puts it into a header: not encoded, though the store decodes it."""
        return f"{self.bucket}/{key}"

    # Earlier runs

    def leftovers(self) -> list[str]:
        """Keys of what interrupted runs left, other than this run's."""
        from registry_preflight.storage.s3_cleanup import leftovers

        try:
            return [key for key, _ in leftovers(self)]
        except (S3Refusal, NetworkTrouble):  # what can't be listed can't be found; `clean_up` tells
            return []

    def clean_up(self) -> list[str]:
        """Remove what interrupted runs left; the keys that stayed, with the reason."""
        from registry_preflight.storage.s3_cleanup import clean_up

        try:
            return clean_up(self)
        except (S3Refusal, NetworkTrouble) as trouble:
            return [f"{self.bucket}: what is left can't be looked for: {trouble}"]

    @property
    def repository(self) -> str:
        """The repository of this run's probes."""
        return probe_names.repository(self.run_id)
