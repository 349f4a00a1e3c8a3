"""Which file system a path lies on, from the kernel's own table; reading it never touches a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TABLE = "/proc/self/mountinfo"
FSTAB = "/etc/fstab"
_ESCAPE = re.compile(r"\\([0-7]{3})")


class Mount(NamedTuple):
    """One line of the table. `root` is the directory of that file system that shows at `point`.

    `options` are those of the mount, `super_options` those of the file system; `source` is a device, an export or a
    word without a meaning.
    """

    point: str
    kind: str
    source: str
    root: str
    device: str
    options: tuple[str, ...]
    super_options: tuple[str, ...]

    @property
    def read_only(self) -> bool:
        """Whether the mount or the file system refuses every write."""
        return "ro" in self.options or "ro" in self.super_options

    def __str__(self) -> str:
        """The mount as `mount` prints it, without options."""
        return f"{self.source} on {self.point} type {self.kind}"


def read_mounts(table: str = TABLE) -> tuple[Mount, ...]:
    """The mounts of this process in the order in which they were made. Raises `OSError`, as off Linux."""
    with open(table, encoding="utf-8", errors="surrogateescape") as lines:
        return tuple(parse(lines.read()))


def parse(text: str) -> Iterator[Mount]:
    """Read the table. A line that has not the shape documented in proc(5) is passed over."""
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        left, right = before.split(" "), after.split(" ")
        if not dash or len(left) < 6 or len(right) < 2:
            continue
        yield Mount(
            point=unescaped(left[4]),
            kind=unescaped(right[0]),
            source=unescaped(right[1]),
            root=unescaped(left[3]),
            device=left[2],
            options=tuple(left[5].split(",")),
            super_options=tuple(unescaped(option) for option in right[2].split(",")) if len(right) > 2 else (),
        )


def unescaped(field: str) -> str:
    """Space, tab, newline and backslash are written in octal: `\\040`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), field)


def is_below(path: str, ancestor: str) -> bool:
    """Whether an absolute path is that directory or lies in it, by names alone."""
    return path == ancestor or path.startswith(ancestor.rstrip("/") + "/")


def mount_of(path: str, mounts: tuple[Mount, ...]) -> Mount | None:
    """The mount that an absolute path without symbolic links lies on.

    The longest mount point wins, and of several on the same point the last, which hides the earlier ones.
    """
    found: Mount | None = None
    for mount in mounts:
        if is_below(path, mount.point) and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def mounts_below(path: str, mounts: tuple[Mount, ...]) -> tuple[Mount, ...]:
    """The mounts on directories inside this one, each point once."""
    last = {mount.point: mount for mount in mounts if is_below(mount.point, path) and mount.point != path}
    return tuple(last.values())


class Wanted(NamedTuple):
    """One line of /etc/fstab."""

    source: str
    point: str
    kind: str
    options: tuple[str, ...]

    def __str__(self) -> str:
        """The line as it stands there."""
        return f"{self.source} {self.point} {self.kind} {','.join(self.options)}"


def read_wanted(table: str = FSTAB) -> tuple[Wanted, ...]:
    """What shall be mounted by itself; nothing where there is no such file."""
    try:
        with open(table, encoding="utf-8", errors="surrogateescape") as lines:
            rows = [line.split() for line in lines if not line.lstrip().startswith("#")]
    except OSError:
        return ()
    wanted = (Wanted(row[0], unescaped(row[1]), row[2], tuple(row[3].split(","))) for row in rows if len(row) >= 4)
    return tuple(one for one in wanted if one.point.startswith("/") and "noauto" not in one.options)
