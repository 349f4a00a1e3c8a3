"""Whether there is a directory to store in."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, FilesystemStorage, Finding, blocker, check

from ._terms import WHERE, remedy, told

EVERYTHING = (PUSH, PULL, DELETE, GC)
WHY = "The registry starts all the same and calls itself healthy; then every request that touches the storage fails."


@check(
    "filesystem.root-directory", storage=FilesystemStorage, touches="reads", drivers=["filesystem"], stages=EVERYTHING
)
def root_directory(storage: FilesystemStorage) -> Iterator[Finding]:
    """The root directory exists, or the registry can create it.

    The registry never looks at `rootdirectory` when it starts (2.8.2, seen). It makes what is missing at the first
    push, with the rights of its own user. A file in its place, a link to nowhere, links in a circle, or a directory
    above it that the user may not search or write to, all show only then.
    """
    try:
        nearest = storage.nearest(storage.place("repositories"))
        status = storage.status(nearest)
    except OSError as refusal:
        yield blocker(
            what=f"{storage.absolute} cannot be used by {storage.user}: {told(refusal)}.",
            why=WHY,
            fix=remedy(refusal, storage.user, storage.absolute),
            where=WHERE,
            breaks=EVERYTHING,
            evidence=refusal,
        )
        return
    if not stat.S_ISDIR(status.mode):
        yield _in_the_way(storage, nearest, "is not a directory")
    elif nearest == storage.place("repositories"):
        yield from _closed(storage, nearest, os.X_OK, "searched")
    elif dangling := _dangling(storage, nearest):
        yield _in_the_way(storage, dangling, "is a symbolic link to something that does not exist")
    else:
        yield from _closed(storage, nearest, os.W_OK | os.X_OK, "written to, and the store below it does not exist yet")


def _closed(storage: FilesystemStorage, path: str, mode: int, lacks: str) -> Iterator[Finding]:
    if storage.allowed(path, mode):
        return
    mount = storage.mount
    if mount is not None and mount.read_only and mode & os.W_OK:
        return  # filesystem.mount-writable tells the cause
    yield blocker(
        what=f"{storage.user} may not use {path}: it cannot be {lacks}.",
        why=WHY,
        fix=f"Make the directory and give it to the registry's user: install -d -o {storage.uid} {storage.absolute}",
        where=WHERE,
        breaks=EVERYTHING,
        evidence=_owner(storage, path),
    )


def _dangling(storage: FilesystemStorage, nearest: str) -> str:
    """The first missing part of the path, if a link stands there."""
    wanted = posixpath.relpath(storage.place("repositories"), nearest)
    missing = posixpath.join(nearest, wanted.partition("/")[0])
    try:
        return missing if stat.S_ISLNK(storage.status(missing, follow=False).mode) else ""
    except FileNotFoundError:
        return ""


def _in_the_way(storage: FilesystemStorage, path: str, is_what: str) -> Finding:
    return blocker(
        what=f"{path} {is_what}.",
        why=WHY,
        fix=f"Make a directory of it, or set rootdirectory to another place than {storage.absolute}.",
        where=WHERE,
        breaks=EVERYTHING,
    )


def _owner(storage: FilesystemStorage, path: str) -> str:
    found = storage.status(path)
    return f"{path}: {stat.filemode(found.mode)}, owner {found.uid}, group {found.gid}"
