"""A registry's store beside the root directory."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from registry_preflight import DELETE, PULL, FilesystemStorage, Finding, check, warning

from ._terms import ROOT, WHERE

_STORE = "docker/registry/v2/repositories"
_PARTS = ("/docker/registry/v2", "/docker/registry", "/docker")
_MOST = 50


@check("filesystem.other-root", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def other_root(storage: FilesystemStorage) -> Iterator[Finding]:
    """The images that are on this disk lie below the root directory.

    The registry looks for `docker/registry/v2` below `rootdirectory`. Where that is a directory too deep or too high, or
    a volume is mounted one level off, it is an empty registry: every pull answers 404, and until something is
    pushed garbage collection ends with "Path not found" (2.8.2, seen).
    """
    if _holds_store(storage, storage.absolute):
        return
    found = next((place for place in _places(storage) if _holds_store(storage, place)), "")
    if not found:
        return
    yield warning(
        what=f"The images on this disk lie below {found}, and none below {storage.absolute}.",
        why="With this root directory the registry is an empty one: what is there can't be pulled, deleted or collected.",
        fix=f"Set {WHERE}: {found} (in a container: mount that directory there) if these images are meant.",
        where=WHERE,
        breaks=[PULL, DELETE],
        evidence=posixpath.join(found, _STORE),
    )


def _places(storage: FilesystemStorage) -> Iterator[str]:
    """Where people put it by mistake: a part of the layout too deep, one directory too deep, one too high."""
    root = storage.absolute
    yield from (root.removesuffix(part) for part in _PARTS if root.endswith(part))
    yield posixpath.dirname(root)
    # What is mounted there is let alone: it may be a share whose server is gone.
    mounted = {mount.point for mount in storage.mounts_below}
    below = (posixpath.join(root, name) for name in sorted(storage.names(root, _MOST)))
    yield from (place for place in below if place not in mounted)


def _holds_store(storage: FilesystemStorage, place: str) -> bool:
    try:
        return storage.exists(posixpath.join(place, _STORE))
    except OSError:
        return False  # a file, or a directory that this user may not search
