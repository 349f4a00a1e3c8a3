"""`swift.auth-version`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, Parameter, blocker, check, warning

from ._auth import version


@check("swift.auth-version", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def auth_version(config: Config) -> Iterator[Finding]:
    """The version of the identity protocol is known, and the address is one of it.

    Without `authversion` the driver looks for v3, then v2, then v1 anywhere in `authurl`, the host name included;
    with none of them it refuses to start (2.8.2, seen). It adds auth/tokens (v3) or tokens (v2) to the address
    itself. So an address that already ends with that, or that belongs to another version, brings a 404 (seen with a
    real Keystone).
    """
    address, given = config.parameter("authurl"), config.parameter("authversion")
    if not address.text or given.wanted:
        return
    used = version(config)
    path = address.text.partition("://")[2].partition("/")[2].rstrip("/")
    last = path.rpartition("/")[2]
    if used == 0:
        yield blocker(
            what=f"authurl {address.text!r} names no version, and authversion is not set.",
            why="The driver cannot guess the identity protocol: the registry panics at start.",
            fix="Set storage.swift.authversion: 3 and let authurl end with /v3, if the cluster has Keystone.",
            where=given.path if given.given else address.path,
            breaks=EVERY_STAGE,
        )
    elif last == "tokens" and used in (2, 3):
        short = address.text.rstrip("/").removesuffix("/tokens").removesuffix("/auth")
        yield blocker(
            what="authurl ends with the path of the login itself.",
            why="The driver adds that path once more, and the identity service answers 404: the registry panics at"
            " start.",
            fix=f"Set {address.path}: {short}",
            where=address.path,
            breaks=EVERY_STAGE,
        )
    else:
        yield from _other_version(address, given, used, last)


def _other_version(address: Parameter, given: Parameter, used: int, last: str) -> Iterator[Finding]:
    """What the end of the address says of another version than the one that is used."""
    if (used == 3 and last in ("v2.0", "v2")) or (used == 2 and last == "v3"):
        yield blocker(
            what=f"authurl ends with {last}, and the driver will log in by version {used}.",
            why="That version's login is at another address, so the identity service answers 404: the registry panics"
            " at start.",
            fix=f"Set storage.swift.authversion: {last[1]}, or let authurl end with {'/v3' if used == 3 else '/v2.0'}.",
            where=given.path if given.given else address.path,
            breaks=EVERY_STAGE,
        )
    elif used == 3 and last != "v3":
        yield warning(
            what=f"authurl {address.text!r} does not end with /v3, and the driver will log in by version 3.",
            why="The driver adds auth/tokens to the address as it is; a plain Keystone answers 404 to that, and the"
            " registry panics at start.",
            fix=f"Set {address.path}: {_of_version_3(address.text)}, unless the service is elsewhere.",
            where=address.path,
        )
    elif used == 2 and not last.startswith("v2"):
        yield warning(
            what=f"The driver will log in by version 2 at {address.text}, whose path does not end with that version.",
            why="The v2 may stand elsewhere in the address, such as in the host name.",
            fix="Set storage.swift.authversion to the cluster's version.",
            where=address.path,
        )


def _of_version_3(address: str) -> str:
    """The address up to its /v3, where it goes on behind that; else with that at its end."""
    before, version, _ = address.partition("/v3/")
    return f"{before}/v3" if version else f"{address.rstrip('/')}/v3"
