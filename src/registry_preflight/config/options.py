"""What the user asked of a run, as far as a check may know it."""

from __future__ import annotations

from registry_preflight.lean import NamedTuple

DEFAULT_MIN_FREE = 10 << 30
DEFAULT_DEADLINE = 60.0


class Options(NamedTuple):
    """`min_free` in bytes, `deadline` in seconds, `as_user` a pair of uid and gid, `ntp` a server's name."""

    min_free: int = DEFAULT_MIN_FREE
    as_user: tuple[int, int] | None = None
    ntp: str | None = None
    offline: bool = False
    read_only: bool = False
    deadline: float = DEFAULT_DEADLINE
    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
