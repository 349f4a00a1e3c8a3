"""Whether the user can delete the manifests that are stored already."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, FilesystemStorage, Finding, check

from ._terms import MOUNTED, unremovable


@check(
    "filesystem.existing-manifests",
    storage=FilesystemStorage,
    needs=[MOUNTED],
    touches="reads",
    drivers=["filesystem"],
    stages=[DELETE],
)
def existing_manifests(storage: FilesystemStorage) -> Iterator[Finding]:
    """The images that are there can be deleted by the registry's user.

    A delete removes the link of a manifest and the tags that name it, which takes the right to write to their directories. In
    a store that another user filled it answers 500, while pulls and perhaps even pushes work (2.8.2, seen). In a directory
    with the sticky bit only owners may remove.
    """
    yield from unremovable(
        storage,
        ("undeletable", "manifests"),
        "repositories' manifests",
        "Deleting such an image fails with 500.",
        DELETE,
    )
