"""The small files of a push."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, refused, tried

#: What a push writes, and where: each in a place of its own, for rights are often given by prefix.
_WRITES = {
    "marker": "begin an upload below repositories/*/_uploads",
    "state": "save the state of an upload below repositories/*/_uploads/*/hashstates",
    "put layer link": "write the link of a layer below repositories/*/_layers",
    "put manifest link": "write the link of a manifest below repositories/*/_manifests",
    "put tag": "write a tag below repositories/*/_manifests/tags",
    "put tag index": "write a tag's index below repositories/*/_manifests/tags",
}


@check(
    "s3.write-object",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
    stages=[PUSH],
    proves=[PUSH],
)
def write_object(storage: S3Storage) -> Iterator[Finding]:
    """The files of a push can be written, each in its place.

    A push writes more than layers: when the upload began and the state of its digest below `_uploads`, links below
    `_layers` and `_manifests`, manifests among the blobs. Where a probe would be seen by the catalog or by garbage
    collection, the check asks with a checksum that does not fit: the store says 400 BadDigest where it would have
    written, and 403 where it would not.
    """
    rehearsal = storage.rehearsal
    rehearsal.begin("create", "send", "complete", *_WRITES)
    for name, doing in _WRITES.items():
        step = tried(storage, name)
        if step.error:
            yield refused(storage, step.error, "PutObject", doing, "The registry answers the push with 500.", [PUSH])
            return
