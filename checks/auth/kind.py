"""`auth.kind`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, blocker, check, nearest

from .._serving import PANICS, SERVING
from ._options import kind_of

_KNOWN = ("htpasswd", "token", "silly")


@check("auth.kind", when=("auth",), stages=(START,))
def kind(config: Config) -> Iterator[Finding]:
    """The access controller is one that the registry has.

    Below `auth` stands exactly one of htpasswd, token and silly, in lower case. `auth: none`, in any case, switches
    access control off from 2.8 on; 2.5 takes none for the name of a controller, which it does not have. What YAML makes
    of a bare word counts: off and no are there, as text, and are not known.
    """
    name = kind_of(config)
    if not name or name in _KNOWN:
        return
    if name.lower() == "none":
        if config.release.at_least("2.8"):
            return
        if config.release.at_least("2.7"):
            raise CannotTell("whether 2.7 takes none for no access control is not known; leave auth out instead")
    near = nearest(name, _KNOWN)
    yield blocker(
        what=f"The registry has no access controller called {name!r}.",
        why=PANICS,
        fix=f"Write {near}." if near else "Name htpasswd or token below auth, or leave auth out.",
        where=f"auth.{name}" if config.has(f"auth.{name}") else "auth",
        breaks=SERVING,
    )
