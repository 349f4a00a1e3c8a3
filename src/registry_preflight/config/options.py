"""What the user asked of a run, as far as a check may know it."""

from __future__ import annotations

from registry_preflight.lean import NamedTuple

DEFAULT_MIN_FREE = 10 << 30
DEFAULT_DEADLINE = 60.0


class PolicySource(NamedTuple):
    """A policy document of `--iam-policy`: its kind (`identity`, `bucket`, `boundary`, `scp`, `session`), file and text."""

    kind: str
    name: str
    text: bytes


class Options(NamedTuple):
    """`min_free` in bytes, `deadline` in seconds, `as_user` a pair of uid and gid, `ntp` a server's name.

    `iam_policies` are the documents that hold for the registry's identity, `iam_principal` is its ARN.
    """

    min_free: int = DEFAULT_MIN_FREE
    as_user: tuple[int, int] | None = None
    ntp: str | None = None
    offline: bool = False
    read_only: bool = False
    deadline: float = DEFAULT_DEADLINE
    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    iam_policies: tuple[PolicySource, ...] = ()
    iam_principal: str | None = None
