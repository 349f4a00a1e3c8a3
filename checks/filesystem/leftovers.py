"""What earlier runs of this program left behind."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, check, note

from ._terms import ROOT, WHERE, shown


@check("filesystem.leftovers", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def leftovers(storage: FilesystemStorage) -> Iterator[Finding]:
    """No earlier check was interrupted here.

    A run that was killed cannot remove its probe files. They are few and harmless: the catalog does not show them,
    garbage collection removes the blobs, and the registry's purge of old uploads most of the rest.
    """
    found = storage.leftovers()
    if found:
        yield note(
            what=f"An interrupted check left {len(found)} probe director{'ies' if len(found) > 1 else 'y'} in the store.",
            why="They take next to no space, and the registry does not see them.",
            fix="registry-preflight cleanup removes them; so does rm -r on these paths.",
            where=WHERE,
            evidence=shown(found[:5], len(found)),
        )
