"""Words and numbers that several checks of the filesystem driver share."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence

from registry_preflight import CannotTell, FilesystemStorage, Finding, Stage, blocker

WHERE = "storage.filesystem.rootdirectory"
ROOT = "filesystem.root-directory"
MOUNTED = "filesystem.mount-writable"
ONE_MOUNT = "filesystem.one-mount"
WRITES = "filesystem.write-upload"
#: The image of the push stage: layers of 4 KB and 40 MB, its config and manifest, and the directories around them
#: (2.8.2 on tmpfs needs 36 KiB beside the large layer, on ext4 with blocks of 4 KiB about 170).
IMAGE_BYTES = (40 << 20) + (128 << 10)
SURELY_TOO_LITTLE = (40 << 20) + (32 << 10)
#: Inodes that 2.8.2 takes for that push, beside those of the layout's own directories.
IMAGE_INODES = 36


STEP = 1024


def size(number: int) -> str:
    """Bytes for people: 9.5 GiB."""
    value, unit = float(number), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if value < STEP:
            break
        value, unit = value / STEP, larger
    return f"{number} bytes" if unit == "bytes" else f"{value:.1f} {unit}"


def shown(paths: list[str], number: int) -> list[str]:
    """Some paths, and how many there are beside them."""
    return paths if number <= len(paths) else [*paths, f"... and {number - len(paths)} more"]


def give(uid: int, root: str) -> str:
    """How to make a store the user's own."""
    return f"Give the store to the registry's user: chown -R {uid} {root}"


def unremovable(
    storage: FilesystemStorage, counted: tuple[str, str], things: str, why: str, stage: Stage
) -> Iterator[Finding]:
    """The finding on things that can't be removed; `counted` are the survey's names of these and of all.

    Raises `CannotTell` where it holds for some alone: what the stage will meet is not known.
    """
    survey, (name, of) = storage.survey, counted
    closed, there = survey.count(name), survey.count(of)
    if not closed:
        return
    yield blocker(
        what=f"{storage.user} may not remove {closed} of {there} {things} in {storage.absolute}.",
        why=why,
        fix=give(storage.uid, storage.absolute),
        where=WHERE,
        breaks=[stage] if closed == there else [],
        evidence=shown(survey.examples[name], closed),
    )
    if closed < there:
        raise CannotTell(
            f"{storage.user} may remove some {things} of the store and not others: {survey.examples[name][0]}"
        )


_FIXES = {
    errno.EROFS: "Mount the file system for writing, or choose a root directory on one that is.",
    errno.ENOSPC: "Free space or inodes on that file system, or choose a root directory on a larger one.",
    errno.EDQUOT: "Raise the user's quota there, or choose another root directory.",
    errno.EXDEV: "Keep the whole root directory on one mount: no volume of its own for blobs or for repositories.",
    errno.EIO: "Look into the kernel's log: the disk or the server behind it reports errors.",
    errno.ESTALE: "Mount the network file system again: the server has lost the directory that this mount shows.",
    errno.ENAMETOOLONG: "Choose a shorter root directory; some file systems allow short names only.",
    errno.ENOTDIR: "Move the file that stands in the place of a directory out of the way.",
    errno.ELOOP: "Mend the symbolic links, which lead in a circle.",
    errno.ENOSYS: "Choose a file system that can do this.",
    errno.EOPNOTSUPP: "Choose a file system that can do this.",
}


def remedy(refusal: OSError, user: str, root: str) -> str:
    """What to do about a refusal of the kernel."""
    if refusal.errno in (errno.EACCES, errno.EPERM):
        return (
            f"Give {user} the right to write there (for a directory of its own: chown -R to that user on {root}), look for"
            " attributes (lsattr) and for root_squash on NFS, or name the registry's real user with --as-user."
        )
    return _FIXES.get(refusal.errno or 0, "Try the same by hand as that user; the kernel's log may say more.")


def refused(storage: FilesystemStorage, refusal: OSError, doing: str, why: str, breaks: Sequence[Stage]) -> Finding:
    """The finding for what the kernel refuses; `doing` completes `cannot`."""
    return blocker(
        what=f"{storage.user} cannot {doing} in {storage.absolute}: {told(refusal)}.",
        why=why,
        fix=remedy(refusal, storage.user, storage.absolute),
        where=WHERE,
        breaks=breaks,
        evidence=refusal,
    )


def told(refusal: OSError) -> str:
    """The refusal for a sentence: `Permission denied at /srv/x`."""
    reason = refusal.strerror or str(refusal)
    return f"{reason} at {refusal.filename}" if refusal.filename else reason
