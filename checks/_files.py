"""Files that a config names, as far as this machine has them."""

from __future__ import annotations

import os
import stat

from registry_preflight import CannotTell, Finding, NamedTuple, blocker

from ._serving import ENDS, SERVING

#: Certificates, keys and password files are far smaller.
LARGEST = 1 << 20


class Content(NamedTuple):
    """A file's bytes, or in `wrong` why the registry could not read it here."""

    data: bytes
    wrong: str = ""


def read(path: str) -> Content:
    """Read a file as the registry would.

    Raises `CannotTell` where that says nothing about the registry: this user may not read the file, it is no regular
    file, or it is too large.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except PermissionError:
        raise CannotTell(f"the user who runs this check may not read {path}") from None
    except (OSError, ValueError) as error:
        return Content(b"", _told(error))
    try:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            return Content(b"", "is a directory")
        if not stat.S_ISREG(kind):
            raise CannotTell(f"{path} is not a regular file, so it was not read")
        data = os.read(descriptor, LARGEST + 1)
    finally:
        os.close(descriptor)
    if len(data) > LARGEST:
        raise CannotTell(f"{path} is larger than 1 MiB, so it was not read")
    return Content(data)


def _told(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    return (error.strerror or "can't be opened").lower() if isinstance(error, OSError) else "is no path"


def unusable(role: str, path: str, wrong: str, where: str, *, why: str = ENDS, fix: str = "") -> Finding:
    """The blocker about a file that the registry reads at start.

    `role` says what the file is, `wrong` what is wrong with it, both as parts of a sentence.
    """
    if not path:
        return blocker(
            what=f"The {role} has an empty path.",
            why=why,
            fix=fix or f"Name the file in {where}, or leave the setting out.",
            where=where,
            breaks=SERVING,
        )
    return blocker(
        what=f"The {role} {path} {wrong}.",
        why=why,
        fix=(fix or f"Put the right file there, or mend {where}.")
        + " The path was looked up on this machine: if the registry runs in a container, look there.",
        where=where,
        breaks=SERVING,
    )
