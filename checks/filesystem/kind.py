"""What kind of file system the store lies on."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, check, note, warning

from ._terms import ROOT, WHERE

MEMORY = ("tmpfs", "ramfs", "devtmpfs", "hugetlbfs")
OVERLAYS = ("overlay", "aufs", "fuse.fuse-overlayfs")
OBJECTS = (
    "s3fs",
    "goofys",
    "rclone",
    "gcsfuse",
    "mount-s3",
    "mountpoint-s3",
    "s3ql",
    "blobfuse",
    "blobfuse2",
    "ossfs",
    "geesefs",
)
SHARED_FOLDERS = ("9p", "vboxsf", "virtiofs", "drvfs", "fakeowner", "osxfs", "grpcfuse", "vmhgfs", "prl_fs", "hgfs")
NO_RIGHTS = ("vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "hfs", "hfsplus")
NO_STORAGE = ("proc", "sysfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs", "securityfs", "mqueue", "bpf")
LOST = "Mount a volume on the root directory, or set rootdirectory to where the volume is mounted."
#: What each kind means for the images, and what to do.
MEANINGS = (
    (MEMORY, "the images are kept in memory", "They are gone when the machine restarts or it is unmounted.", LOST),
    (OBJECTS, "an object store plays the file system", "Such file systems rename by copying, and append and flush badly: pushes are slow and may store broken layers.", "Use the registry's own driver for that store."),
    (SHARED_FOLDERS, "the folder of another machine is shared into this one", "Owners, modes and flushing are imitated there. It does for development.", "Use a disk of this machine."),
    (NO_RIGHTS, "it is made for other systems than Linux", "It keeps no owners and modes, and does not tell Latest from latest: two such tags overwrite each other.", "Use ext4 or xfs."),
    (NO_STORAGE, "it stores nothing", "It only shows what the kernel knows.", "Choose a directory on a disk."),
)  # fmt: skip


@check("filesystem.kind", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def kind(storage: FilesystemStorage) -> Iterator[Finding]:
    """The store lies on a disk that keeps it.

    A registry works on nearly anything that takes files, and that is the trap: in memory the images are gone with the
    next restart, in a container's own layer with the container, and file systems that imitate an object store or a
    shared folder promise less about renaming and flushing than the registry relies on.
    """
    mount = storage.mount
    if mount is None:
        return
    name, shown = mount.kind, str(mount)
    plain = name.removeprefix("fuse.")
    meant = next((told for names, *told in MEANINGS if plain in names), None)
    if name in OVERLAYS:
        yield _overlay(storage, shown, mount.point)
    elif meant:
        what, why, fix = meant
        yield warning(what=f"{shown[:1].upper()}{shown[1:]}: {what}.", why=why, fix=fix, where=WHERE, evidence=shown)
    elif name == "fuse" or name.startswith("fuse."):
        yield note(
            what=f"The store lies on a file system outside of the kernel: {shown}.",
            why="It depends on a process of its own: when that one ends, each request to the registry fails.",
            fix="Make sure that it is started before the registry and again after a crash.",
            where=WHERE,
        )


def _overlay(storage: FilesystemStorage, mounted: str, point: str) -> Finding:
    volumes = [
        str(other) for other in storage.mounts if other.source.startswith("/") and not other.point.startswith("/etc/")
    ]
    return warning(
        what=f"The store lies in a container's own layer: {mounted}.",
        why="All images are gone when the container is made anew, as with each update. A volume that is mounted elsewhere stays empty.",
        fix=LOST,
        where=WHERE,
        evidence=[f"{storage.absolute} is on {point}", *volumes[:5]],
    )
