"""`auth.kind`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, Where, blocker, check, nearest

from .._serving import PANICS, SERVING
from ._options import kind_of

_KNOWN = ("htpasswd", "token", "silly")


@check("auth.kind", needs=["environment.kubernetes"], when=("auth",), stages=(START,))
def kind(config: Config) -> Iterator[Finding]:
    """The access controller is one that the registry has.

    Below `auth` stands exactly one of htpasswd, token and silly, in lower case. `auth: none`, in any case, switches
    access control off from 2.8 on; 2.5 takes none for the name of a controller, which it does not have. What YAML makes
    of a bare word counts: off and no are there, as text, and are not known. Two kinds in the file are refused; where
    the second one comes by a variable, the registry asks a map for its first key, which differs from call to call.
    """
    kinds = list(config.section("auth"))
    if len(kinds) > 1:
        yield blocker(
            what=f"The file and the environment together name {len(kinds)} access controllers: {', '.join(kinds)}.",
            why="The registry picks one at random at each start, and may give it the options of the other, over which"
            " it panics.",
            fix=f"Set REGISTRY_AUTH={kinds[-1]} as well, which drops the file's auth section, or unset the variable.",
            where=_second(config, kinds),
        )
        raise CannotTell("chance decides at each start which access controller the registry takes")
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


def _second(config: Config, kinds: list[str]) -> Where:
    """Where the kind comes from that a variable brings."""
    places = [config.where(f"auth.{kind}") for kind in kinds]
    return next((place for place in places if place.variable), places[-1])
