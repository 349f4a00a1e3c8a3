"""`http.address`."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, blocker, check, warning

from .._serving import ENDS, SERVING
from ._listening import ensure_local, parse

_LONGEST_SOCKET = 107


@check("http.address", stages=(START,))
def address(config: Config) -> Iterator[Finding]:
    """The registry can listen where it is told to.

    `http.net` is tcp, which is the default, or unix. `http.addr` is host:port for tcp, without a scheme, and a path for
    unix. Without it the registry takes a free port, another one at each start. A file that is no socket in the place
    of the socket stops it; an old socket is replaced.
    """
    net, where = config.text_at("http.net"), config.text_at("http.addr")
    if net == "unix":
        yield from _unix(where)
    elif net not in ("", "tcp"):
        yield blocker(
            what=f"http.net is {net!r}.",
            why=ENDS,
            fix="Write tcp or unix, in lower case, or leave it out for tcp.",
            where="http.net",
            breaks=SERVING,
        )
    elif where or config.form == "config":
        yield from _tcp(where)


def _tcp(text: str) -> Iterator[Finding]:
    found = parse(text)
    if found.wrong:
        yield _blocked(f"The registry can't listen on {text!r}: {found.wrong}.", "Write host:port, or :port for all.")
        return
    if not found.port:
        yield warning(
            what="http.addr names no port." if text else "http.addr is not set.",
            why="The registry listens on a free port that the system picks anew at each start.",
            fix="Write addr: :5000 below http.",
            where="http.addr",
        )
    ensure_local(found.host)


def _unix(path: str) -> Iterator[Finding]:
    if path.startswith("@"):
        return  # a name in Linux's abstract namespace, which needs no directory
    if not path:
        yield warning(
            what="http.net is unix, and http.addr is not set.",
            why="The registry listens on a socket with a name that the system makes up.",
            fix="Write the path of the socket in addr.",
            where="http.addr",
        )
        return
    if len(os.fsencode(path)) > _LONGEST_SOCKET:
        yield _blocked(f"The path of the socket is longer than {_LONGEST_SOCKET} bytes.", "Choose a shorter path.")
        return
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        folder = os.path.dirname(path) or "."
        if not os.path.isdir(folder):
            yield _blocked(f"This machine has no directory {folder} for the socket {path}.", "Create the directory.")
        return
    except NotADirectoryError:
        yield _blocked(f"A part of the path {path} is no directory.", "Choose a path in a directory that exists.")
        return
    except (OSError, ValueError) as error:
        raise CannotTell(f"{path} can't be looked at: {error}") from None
    if not stat.S_ISSOCK(mode):
        yield _blocked(f"{path} exists and is no socket.", "Remove it, or choose another path.")


def _blocked(what: str, fix: str) -> Finding:
    return blocker(what=what, why=ENDS, fix=fix, where="http.addr", breaks=SERVING)
