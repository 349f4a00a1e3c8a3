"""The rehearsal of a push on the filesystem driver's directory, step by step as the registry writes."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, cast

from registry_preflight.storage import probe_names
from registry_preflight.storage.filesystem import FilesystemStorage, Status

if TYPE_CHECKING:
    from registry_preflight.ledger import Entry


class Upload:
    """One probe upload: the files of a push in the registry's own layout, under a repository of this run."""

    def __init__(self, storage: FilesystemStorage, purpose: str) -> None:
        self._storage = storage
        self._atomic = storage.config.release.major >= 3
        self._entries: dict[str, Entry] = {}
        self.repository = storage.place("repositories", probe_names.repository(storage.run_id))
        self.directory = posixpath.join(self.repository, "_uploads", probe_names.upload(storage.run_id, purpose))
        self.data = posixpath.join(self.directory, "data")
        self.purpose = purpose

    def start(self) -> None:
        """What POST does: the directories, the file that says when, and an empty data file."""
        import time

        self.put("startedat", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
        self._write(self.data, "", 0)

    def append(self, content: str, size: int) -> None:
        """What PATCH does: open the data file again and write at its end, `content` repeated up to `size` bytes."""
        self._storage.disk.call("create", self.data, content, size, True)

    def put(self, name: str, content: str) -> Status:
        """Write a small file below the upload as the release does: in place, or (3.x) beside it and renamed."""
        path = posixpath.join(self.directory, name)
        self._storage.make_directories(posixpath.dirname(path))
        if not self._atomic:
            return self._write(path, content, len(content))
        beside = f"{path}.{probe_names.upload(self._storage.run_id, name)}.tmp"
        made = self._write(beside, content, len(content))
        self._move(beside, path)
        self._storage.disk.call("flush_directory", posixpath.dirname(path))
        return made

    def reserve(self, size: int) -> None:
        """Take that many bytes of room for a moment. Raises `OSError` with ENOSPC, EDQUOT or EFBIG."""
        path = posixpath.join(self.directory, "room")
        self._storage.make_directories(self.directory)
        with self._creating(path):
            self._storage.disk.call("reserve", path, size)

    def fill(self) -> None:
        """Append what the blob of this purpose holds, `BLOB_SIZE` bytes of it."""
        run = probe_names.repository(self._storage.run_id).removeprefix(probe_names.MARK)
        self.append(probe_names.blob_content(run, self.purpose, self._number), probe_names.BLOB_SIZE)

    def commit(self) -> str:
        """What PUT does: rename the data file to a blob that only this run has, and return the blob's path."""
        place = probe_names.blob_place(self._storage.run_id, self.purpose, self._number)
        blob = self._storage.place(*place, "data")
        self._storage.make_directories(posixpath.dirname(blob))
        self._move(self.data, blob)
        return blob

    @cached_property
    def _number(self) -> int:
        prefixes = self._storage.writable_prefixes
        usable = [prefix for prefix, writable in prefixes.items() if writable]
        return probe_names.blob_number(self._storage.run_id, self.purpose, usable or prefixes)

    def remove(self, path: str) -> None:
        """Remove one file of this upload now. Raises `OSError` as the registry would meet it."""
        self._storage.ledger.remove(self._entries.pop(path))

    def remove_directory(self, path: str) -> None:
        """Remove one empty directory now; at the end of the run the ledger finds it gone."""
        self._storage.disk.call("remove_directory", path)

    def _creating(self, path: str) -> _Creating:
        return _Creating(self._storage, self._entries, path)

    def _write(self, path: str, content: str, size: int) -> Status:
        with self._creating(path):
            mode, uid, gid = cast("list[int]", self._storage.disk.call("create", path, content, size, False))
        return Status(mode, uid, gid, size, 0.0)

    def _move(self, source: str, target: str) -> None:
        with self._creating(target):
            self._storage.disk.call("move", source, target)


class _Creating:
    """Enters a file of an upload in the ledger while it comes into being."""

    def __init__(self, storage: FilesystemStorage, entries: dict[str, Entry], path: str) -> None:
        self._held = storage.ledger.creating("file", path, storage.file_entry(path))
        self._entries, self._path = entries, path

    def __enter__(self) -> None:
        self._entries[self._path] = self._held.__enter__()

    def __exit__(self, *trouble: object) -> None:
        self._held.__exit__(None, None, None)
