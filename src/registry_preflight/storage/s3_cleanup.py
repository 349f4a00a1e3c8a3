"""What interrupted runs left in a bucket, found by name, and its removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_preflight.storage import probe_names
from registry_preflight.storage.s3_answers import S3Refusal

if TYPE_CHECKING:
    from registry_preflight.storage.s3 import S3Storage

#: What a run may leave among the blobs.
PURPOSES = ("copy", "parts", *probe_names.ROOM, *probe_names.ROOM_BY_COPIES)
#: Pages of a listing that are followed: a run leaves some ten keys.
_MOST_PAGES = 50


def leftovers(storage: S3Storage) -> list[tuple[str, str]]:
    """Keys, each with the id where it is a multipart upload, of earlier runs; what a run is known by comes last."""
    prefix = f"{storage.place('repositories')}/{probe_names.MARK}"
    keys = [key for key in _keys(storage, prefix) if _run(storage, key)]
    uploads, _ = storage.list_uploads(prefix)
    runs = sorted({_run(storage, key) for key in [*keys, *(upload.key for upload in uploads)]} - {""})
    found: list[tuple[str, str]] = []
    for run in runs:
        for purpose in PURPOSES:
            key = storage.place(*probe_names.object_blob(run, purpose))
            found += [(upload.key, upload.id) for upload in storage.list_uploads(key)[0] if upload.key == key]
            found += [(one.key, "") for one in storage.list_v1(key, "", 1).objects if one.key == key]
    found += [(upload.key, upload.id) for upload in uploads if _run(storage, upload.key)]
    return found + sorted(((key, "") for key in keys), key=lambda pair: pair[0].endswith("/startedat"))


def clean_up(storage: S3Storage) -> list[str]:
    """Remove what earlier runs left; what stayed, with the reason."""
    stayed = []
    for key, id in leftovers(storage):
        try:
            if id:
                storage.abort_if_there(key, id)
            else:
                _remove(storage, key)
        except (S3Refusal, storage.Unremoved) as refusal:
            stayed.append(f"{key}: {refusal}")
    return stayed


def _remove(storage: S3Storage, key: str) -> None:
    refused = storage.delete_many([key])
    if refused:
        raise storage.Unremoved(f"{storage.bucket} answers {refused.get(key) or next(iter(refused.values()))}")


def _keys(storage: S3Storage, prefix: str) -> list[str]:
    keys: list[str] = []
    for _ in range(_MOST_PAGES):
        page = storage.list_v1(prefix, after=keys[-1] if keys else "")
        keys += [one.key for one in page.objects]
        if not page.truncated or not page.objects:
            break
    return keys


def _run(storage: S3Storage, key: str) -> str:
    """The run that a key belongs to; empty for this run and for what is none of ours."""
    name = key.removeprefix(f"{storage.place('repositories')}/").partition("/")[0]
    run = probe_names.run_of(name)
    return "" if name == storage.repository else run
