"""What the user hands in, before anything is checked: configs, environments, targets, sizes."""

from __future__ import annotations

import os
import sys

from registry_preflight.config.document import MAX_BYTES
from registry_preflight.config.environment import BadEnvironment, gather
from registry_preflight.config.options import PolicySource
from registry_preflight.config.tables import Release, release, targets
from registry_preflight.lean import TYPE_CHECKING
from registry_preflight.words import nearest

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from typing import BinaryIO

#: What stands for a file of a kind in a message.
_A = {"config": "a config.yml, or - for standard input", "policy": "a policy's JSON"}
_UNITS = {
    "": 1,
    "B": 1,
    **{
        f"{letter}{kind}": base**power
        for power, letter in enumerate("KMGTP", 1)
        for kind, base in (("", 1024), ("iB", 1024), ("B", 1000))
    },
}


class CannotBegin(Exception):
    """The command can't begin; the text is one sentence of what happened and how to mend it."""


def target_release(target: str) -> Release:
    """The release that `--for` names. Raises `CannotBegin` for an unknown one."""
    try:
        return release(target)
    except KeyError:
        near = nearest(target, targets())
        hint = f"Did you mean {near}?" if near else f"It is one of {', '.join(targets())}."
        raise CannotBegin(f"--for {target}: no such release is known. {hint}") from None


def registry_environment(arguments: Namespace) -> dict[str, str]:
    """The registry's environment from the arguments and this process. Raises `CannotBegin`."""
    try:
        return gather(os.environ, inherit=not arguments.no_env, files=arguments.env_file, variables=arguments.env)
    except BadEnvironment as error:
        raise CannotBegin(str(error)) from None


def source_text(source: str, what: str = "config") -> bytes:
    """A file's bytes, one more than a registry's config or a policy may have at most; `-` is standard input.

    Raises `CannotBegin` for what is missing, no file, or unreadable.
    """
    try:
        if source == "-":
            if sys.stdin is None:
                raise CannotBegin("standard input is closed; pipe a config into it, or give the path of one.")
            return _read(sys.stdin.buffer)
        with open(source, "rb") as file:
            return _read(file)
    except FileNotFoundError:
        raise CannotBegin(f"{source}: there is no such file; give the path of {_A[what]}.") from None
    except IsADirectoryError:
        raise CannotBegin(f"{source}: this is a directory; give the {what} file in it.") from None
    except TimeoutError:
        raise CannotBegin(
            f"{source}: nothing came within the deadline; give a file that can be read to its end."
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotBegin(f"{source}: it can't be read ({reason}); check its permissions.") from None


def _read(file: BinaryIO) -> bytes:
    """Up to one byte more than a config may have; most have few, and to make room for all of them takes longer than they do."""
    text = file.read(1 << 14)
    return text if len(text) < 1 << 14 else text + file.read(MAX_BYTES + 1 - len(text))


def policy_sources(given: Sequence[str]) -> tuple[PolicySource, ...]:
    """The documents of `--iam-policy [KIND=]FILE`. Raises `CannotBegin` for a file that can't be read."""
    kinds = ("identity", "bucket", "boundary", "scp", "session")
    sources: list[PolicySource] = []
    for one in given:
        kind, equals, path = one.partition("=")
        if not equals or kind not in kinds:
            kind, path = "identity", one
        if path == "-":
            raise CannotBegin("--iam-policy -: give a file; standard input is for the config.")
        sources.append(PolicySource(kind, path, source_text(path, "policy")))
    if sum(source.kind == "boundary" for source in sources) > 1:
        raise CannotBegin("--iam-policy boundary=FILE: an identity has one permissions boundary; give it once.")
    return tuple(sources)


def size_in_bytes(text: str) -> int:
    """A size such as 10GiB, 500M or 1.5TB in bytes. Raises `CannotBegin`."""
    number = text.strip()
    unit = ""
    while number and not (number[-1].isdigit() or number[-1] == "."):
        number, unit = number[:-1], number[-1] + unit
    factor = {key.lower(): value for key, value in _UNITS.items()}.get(unit.strip().lower())
    try:
        if factor is None or float(number) < 0:
            raise ValueError
        return int(float(number) * factor)
    except (ValueError, OverflowError):
        raise CannotBegin(f"--min-free {text}: this is no size; write 10GiB, 500MiB or 0.") from None


def user_and_group(text: str | None) -> tuple[int, int] | None:
    """`UID[:GID]` as numbers; the group is the user's own number where it is left out. Raises `CannotBegin`."""
    if text is None:
        return None
    user, colon, group = text.partition(":")
    limit = (1 << 32) - 2
    try:
        numbers = int(user), int(group if colon else user)
    except ValueError:
        raise CannotBegin(f"--as-user {text}: give numbers, such as 1000 or 1000:1000.") from None
    if not all(0 <= number <= limit for number in numbers):
        raise CannotBegin(f"--as-user {text}: user and group are numbers from 0 to {limit}.")
    return numbers
