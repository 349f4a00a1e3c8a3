"""`auth.htpasswd`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from registry_preflight import DELETE, PULL, PUSH, START, CannotTell, Config, Finding, blocker, check, warning

from .._files import read, unusable
from .._serving import PANICS, SERVING
from ._options import kind_of, not_text

_PATH = "auth.htpasswd.path"
_BCRYPT = re.compile(rb"\$2.?\$(?:0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}")
_LOGINS = (PUSH, PULL, DELETE)
_UNREAD = "The registry starts, reads no part of it, and answers every login with status 400."
_MAKE = "Make entries with htpasswd -B."


@check("auth.htpasswd", when=("auth",), needs=["auth.kind"], stages=(START, PUSH, PULL, DELETE))
def htpasswd(config: Config) -> Iterator[Finding]:
    """The password file is there and holds passwords that the registry can check.

    `auth.htpasswd` wants `realm` and `path` as text, else the registry panics at start. It knows bcrypt only: an entry
    of another kind (MD5, SHA, crypt) stands in the file and lets nobody in. A line without a colon makes every login
    fail.

    Release 2.5 reads the file at start and panics where it is missing or can't be parsed. Later ones read it at the
    first login; where it is missing they create it with a user called docker, and print the password in the log.
    """
    if kind_of(config) != "htpasswd":
        return
    refused = list(not_text(config, "htpasswd", ("realm", "path"), "TEXT"))
    if refused:
        yield from refused
        return
    path = config.text_at(_PATH)
    content = read(path)
    early = config.release.before("2.7")
    if content.wrong == "does not exist" and not early:
        yield from _created(path)
    elif content.wrong:
        fatal = early or content.wrong != "is a directory"
        found = unusable("password file", path, content.wrong, _PATH, why=PANICS if fatal else _UNREAD)
        yield found if fatal else found._replace(breaks=_LOGINS)
    else:
        yield from _entries(path, content.data, early)


def _created(path: str) -> Iterator[Finding]:
    above = os.path.dirname(path) or "."
    while above not in ("/", ".") and not os.path.lexists(above):
        above = os.path.dirname(above) or "."
    if not path or not os.path.isdir(above):
        yield unusable("password file", path, f"can't be created, because {above} is no directory", _PATH, why=PANICS)
        return
    if not os.access(above, os.W_OK):
        raise CannotTell(f"{path} does not exist, and the user who runs this check may not create it")
    yield warning(
        what=f"The password file {path} does not exist on this machine.",
        why="The registry creates it at start with one user, docker, and prints that user's password in its log.",
        fix=f"Create it first: htpasswd -Bbc {path} USER PASSWORD. In a container, mount it there.",
        where=_PATH,
    )


def _entries(path: str, data: bytes, early: bool) -> Iterator[Finding]:
    usable, useless = 0, []
    for number, raw in enumerate(data.split(b"\n"), 1):
        line = raw.strip()
        if not line or line.startswith(b"#"):
            continue
        user, colon, password = line.partition(b":")
        if not colon:
            yield _unreadable(path, number, early)
            return
        if _BCRYPT.match(password):
            usable += 1
        else:
            useless.append(user.decode("utf-8", "replace"))
    if not usable:
        yield blocker(
            what=f"The password file {path} has no entry that the registry can check"
            + (f": {_named(useless)} are not bcrypt." if useless else ": it is empty."),
            why="The registry starts, and nobody can log in: every request is answered with 401.",
            fix=f"{_MAKE} The file was read on this machine.",
            where=_PATH,
            breaks=_LOGINS,
        )
    elif useless:
        yield warning(
            what=f"Entries of {path} are not bcrypt: {_named(useless)}.",
            why="The registry knows bcrypt only: these users can't log in.",
            fix=_MAKE,
            where=_PATH,
        )


def _named(users: list[str]) -> str:
    return ", ".join(users[:5]) + (f" and {len(users) - 5} more" if len(users) > 5 else "")


def _unreadable(path: str, number: int, early: bool) -> Finding:
    return blocker(
        what=f"Line {number} of the password file {path} has no colon.",
        why=PANICS if early else _UNREAD,
        fix=f"Remove the line, or write USER:PASSWORD. {_MAKE}",
        where=_PATH,
        breaks=SERVING if early else _LOGINS,
    )
