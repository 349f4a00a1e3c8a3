"""Does the disk work of the parent process, in a process that can be killed when the disk hangs.

Run as a script, by itself: it imports nothing of the package. It reads one JSON list from each line of standard input,
`[verb, argument...]`, and answers one line: `{"ok": value}` or `{"error": [errno, path]}`. It ends with its input.

The work is done as another user where the parent says so. Nothing here follows a symbolic link that stands in the
place of a name of ours: such names are made with mkdir or O_EXCL, and removed one by one.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from collections.abc import Callable
from importlib import import_module

CHUNK = 1 << 20


def become(uid: int, gid: int) -> None:
    """Drop to this user, without the groups of the one who started us."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def status(path: str, follow: bool) -> list[float]:
    """Mode, uid, gid, size in bytes, and modification time in seconds."""
    found = os.stat(path, follow_symlinks=follow)
    return [found.st_mode, found.st_uid, found.st_gid, found.st_size, found.st_mtime]


def space(path: str) -> list[int]:
    """Bytes in all, free for root, free for others; inodes in all, free."""
    found = os.statvfs(path)
    unit = found.f_frsize or found.f_bsize
    return [found.f_blocks * unit, found.f_bfree * unit, found.f_bavail * unit, found.f_files, found.f_favail]


def allowed(path: str, mode: int) -> bool:
    """Whether this user may do that, by the answer of the kernel (or, on NFS, of the server)."""
    return os.access(path, mode)


def names(path: str, limit: int) -> list[str]:
    """Up to `limit` names in a directory."""
    with os.scandir(path) as entries:
        return [entry.name for entry, _ in zip(entries, range(limit), strict=False)]


def read(path: str, limit: int) -> str:
    """The first bytes of a file, as text."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        return os.read(file, limit).decode("utf-8", "replace")
    finally:
        os.close(file)


def attribute(path: str, name: str) -> str:
    """An extended attribute; empty where there is none."""
    try:
        return os.getxattr(path, name).rstrip(b"\0").decode("utf-8", "replace")
    except OSError as refusal:
        if refusal.errno in (errno.ENODATA, errno.ENOTSUP, errno.EOPNOTSUPP):
            return ""
        raise


def make_directory(path: str, mode: int) -> None:
    """Make one directory."""
    os.mkdir(path, mode)


def create(path: str, content: str, size: int, append: bool) -> list[int]:
    """Write a file as the registry does, in place, and flush it to the disk: mode, uid and gid that it got.

    `content` is written again and again up to `size` bytes.
    """
    kind = os.O_APPEND if append else os.O_CREAT | os.O_EXCL
    file = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC | kind, 0o666)
    try:
        piece = content.encode()
        piece *= max(1, min(size, CHUNK) // max(1, len(piece)) + 1)
        left = size
        while left > 0:
            left -= os.write(file, piece[:left])
        os.fsync(file)
        made = os.fstat(file)
        return [made.st_mode, made.st_uid, made.st_gid]
    finally:
        os.close(file)


def reserve(path: str, size: int) -> None:
    """Take that much room for a file of ours, without writing it where the file system can do so."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        os.posix_fallocate(file, 0, size)
    finally:
        # Given back at once: on a disk that is nearly full somebody else may be waiting for it.
        os.ftruncate(file, 0)
        os.close(file)


def move(source: str, target: str) -> None:
    """Rename a file."""
    os.rename(source, target)


def flush_directory(path: str) -> None:
    """Flush the names in a directory to the disk, as 3.x does after each rename."""
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def remove_file(path: str) -> None:
    """Remove one file, or the link of that name."""
    os.unlink(path)


def remove_directory(path: str) -> None:
    """Remove one empty directory."""
    os.rmdir(path)


def target_of(path: str) -> str:
    """The path without symbolic links, as far as it exists."""
    return os.path.realpath(path)


def remove_tree(path: str, limit: int) -> int:
    """Remove a directory of an earlier run with all that is in it, links themselves and not what they show.

    Returns the number of things removed. Refuses, before it removes anything, with ENOTDIR what is no directory, and
    with E2BIG one with more than `limit` things in it.
    """
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    found: list[tuple[str, bool]] = []
    for place, directories, files in os.walk(path, topdown=False, followlinks=False):
        found += [(os.path.join(place, name), False) for name in files]
        found += [(below, not os.path.islink(below)) for below in (os.path.join(place, name) for name in directories)]
        if len(found) > limit:
            raise OSError(errno.E2BIG, os.strerror(errno.E2BIG), path)
    for below, is_directory in [*found, (path, True)]:
        (os.rmdir if is_directory else os.unlink)(below)
    return len(found) + 1


def serve() -> None:
    """Answer until the input ends."""
    # Its neighbours are loaded by file: through the package they would bring all of it along.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    neighbours = (
        import_module("disk_survey").survey,
        import_module("disk_images").images,
        import_module("disk_quota").quota,
    )
    sys.path.pop(0)
    own = (
        become, status, space, allowed, names, read, attribute, make_directory, create, reserve, move, flush_directory,
        remove_file, remove_directory, remove_tree, target_of,
    )  # fmt: skip
    verbs: dict[str, Callable[..., object]] = {function.__name__: function for function in (*own, *neighbours)}
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        try:
            answer: dict[str, object] = {"ok": verbs[verb](*arguments)}
        except OSError as refusal:
            answer = {"error": [refusal.errno or errno.EIO, refusal.filename or ""]}
        except (ValueError, UnicodeError) as refusal:  # a NUL in a path, a name that is no text
            answer = {"error": [errno.EINVAL, str(refusal)]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
