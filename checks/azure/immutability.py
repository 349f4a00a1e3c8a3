"""`azure.immutability`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PUSH, AzureStorage, Finding, blocker, check, warning

from ._rights import CONTAINER, container_path


@check("azure.immutability", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"])
def immutability(storage: AzureStorage) -> Iterator[Finding]:
    """Blobs of the container can be changed and removed.

    A policy of immutability or a legal hold forbids it. Each push ends with the removal of its upload, and layers grow
    by appending, so a registry can't work there; "protected append writes" help only with the growing. With
    version-level immutability it depends on each blob, and nothing is tried.
    """
    locked = storage.survey.locked
    if not locked:
        return
    versions = "versions" in locked
    say, breaks = (warning, ()) if versions else (blocker, (PUSH, DELETE, GC))
    yield say(
        what=f"{locked[0].upper()}{locked[1:]}.",
        why="What a push writes and removes again can't be removed; nothing can be deleted or collected."
        if not versions
        else "Where a default policy covers new blobs, a push can't remove what it wrote.",
        fix="Use a container without it.",
        where=container_path(storage),
        breaks=breaks,
    )
