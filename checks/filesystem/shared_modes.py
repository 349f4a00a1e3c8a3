"""Whether others that share the store can work with what the registry makes."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, check, warning

from ._terms import ROOT, WHERE


@check(
    "filesystem.shared-modes",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    releases=["registry-2.5", "registry-2.7", "registry-2.8"],
)
def shared_modes(storage: FilesystemStorage) -> Iterator[Finding]:
    """A store that a group shares stays writable for the group.

    Where several users work on one store (two registries, a backup, a cleaning job), the directory is given to a group
    and the setgid bit hands the group on. Releases before 3.0 make the directories of blobs with mode 0755 whatever the
    umask is (2.8.2, seen): the others in the group may read the blobs and not remove them. 3.x follows the umask.
    """
    if not storage.exists(storage.root):
        return
    found = storage.status(storage.root)
    if found.mode & stat.S_ISGID and found.mode & stat.S_IWGRP:
        yield warning(
            what=f"{storage.absolute} is shared by group {found.gid}, but the registry closes the directories of blobs to the group.",
            why="Another user of the group can pull and push, but cannot remove blobs that this registry stored, nor add to their"
            " directories.",
            fix="Let all that work on the store run as one user.",
            where=WHERE,
            evidence=f"{storage.absolute}: {stat.filemode(found.mode)}, owner {found.uid}, group {found.gid}",
        )
