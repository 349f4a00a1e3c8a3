"""`azure.leftovers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, check, note

from ._rights import CONTAINER, container_path


@check("azure.leftovers", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"])
def leftovers(storage: AzureStorage) -> Iterator[Finding]:
    """No earlier check was interrupted here.

    A run that was killed cannot remove what it wrote: a few small blobs, and with 2.x perhaps a container of its own.
    """
    found = storage.leftovers()
    if found:
        yield note(
            what=f"An interrupted check left {len(found)} blob{'s' if len(found) > 1 else ''} or containers behind.",
            why="They take some kilobytes, and the registry does not see them.",
            fix="registry-preflight cleanup removes them.",
            where=container_path(storage),
            evidence=found[:5],
        )
