"""`moving.azure-layout`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.azure-layout", needs=["storage.driver"], drivers=["azure"], releases=OLD)
def azure_layout(config: Config) -> Iterator[Finding]:
    """The images are where 3.x looks for them.

    Up to 2.8 the name of every blob begins with a slash; 3.x drops it and sees nothing of what is there (seen with
    2.8.3 and 3.1.1 on one container). No value of rootdirectory brings it back. 3.1.1 cannot overwrite the block
    blobs of 2.7 and 2.8 either, once they were copied with their type.
    """
    yield note(
        what="A 3.x registry sees an empty store in this container.",
        why="2.x writes /docker/registry/..., 3.x reads docker/registry/...: images and tags seem lost, and new"
        " pushes go beside the old ones.",
        fix="Before the move copy all blobs to names without the leading slash, as append blobs, into a container of"
        " their own.",
        where="storage.azure.container",
        releases=NEW,
    )
