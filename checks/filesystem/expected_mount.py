"""Whether what should be mounted is mounted."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, check, warning

from ._terms import ROOT, WHERE


@check("filesystem.expected-mount", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def expected_mount(storage: FilesystemStorage) -> Iterator[Finding]:
    """The volume that is meant for the store is mounted.

    A volume that failed to mount leaves an empty directory behind. The registry starts on that, shows no images, and
    fills the disk below it. What /etc/fstab lists for this place and the kernel does not have is such a volume.
    """
    for missing in storage.missing_mounts():
        yield warning(
            what=f"{missing.point} is in /etc/fstab, and nothing is mounted there.",
            why="The registry would start on the empty directory below: without its images, and on the wrong disk.",
            fix=f"mount {missing.point}",
            where=WHERE,
            evidence=str(missing),
        )
