"""`azure.account`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Config, Finding, blocker, check, warning

from ._account import broken, service, when

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


@check("azure.account", needs=["storage.driver"], drivers=["azure"], stages=(START, GC))
def account(config: Config) -> Iterator[Finding]:
    """The account is the name of a storage account.

    Such a name has 3 to 24 lower-case letters and digits. 2.7 and 2.8 check that at start; 2.5 and 3.x put whatever is
    given into the host name that they call, and fail there: 2.5 at start, since it makes its container then, 3.x at the
    first request.
    """
    parameter = config.parameter("accountname")
    name = parameter.text
    if not name or parameter.wanted or (3 <= len(name) <= 24 and LETTERS.issuperset(name)):
        return
    if "://" in name or "." in name:
        first = name.partition("://")[2] or name
        yield blocker(
            what=f"accountname {name!r} is an address, not a name.",
            why=when(config),
            fix=f"Set {parameter.path}: {first.partition('.')[0]}",
            where=parameter.path,
            breaks=broken(config),
        )
    elif service(config) or (LETTERS.issuperset(name.lower()) and 3 <= len(name) <= 24):
        yield warning(
            what=f"accountname {name!r} cannot be the name of a storage account: those are 3 to 24 lower-case letters"
            " and digits.",
            why="It is part of each signature, so the service most likely refuses every request.",
            fix=f"Write the name as the portal shows it: {parameter.path}: {name.lower()}"
            if name.lower() != name
            else "Write the name as the portal shows it.",
            where=parameter.path,
        )
    else:
        yield blocker(
            what=f"accountname {name!r} cannot be the name of a storage account: those are 3 to 24 lower-case letters"
            " and digits.",
            why="No such host exists. " + when(config),
            fix="Write the name as the portal shows it.",
            where=parameter.path,
            breaks=broken(config),
        )
