"""Whether the right user was asked about."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, check, note

from ._terms import ROOT, WHERE


@check("filesystem.service-user", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def service_user(storage: FilesystemStorage) -> Iterator[Finding]:
    """The checks ran as the user that the store belongs to.

    Root may write everywhere, so what root was able to do says little about a registry that runs as another user. The
    owner of the directory is a hint at who that will be.
    """
    if storage.uid != 0 or storage.options.as_user is not None:
        return
    found = storage.status(storage.data_directory)
    if found.uid == 0 or not stat.S_ISDIR(found.mode):
        return
    yield note(
        what=f"{storage.data_directory} belongs to user {found.uid}, and it was checked as root.",
        why="Root may write where that user may not: if the registry runs as another user, these results do not hold for it.",
        fix=f"Run the check with --as-user {found.uid}:{found.gid}.",
        where=WHERE,
    )
