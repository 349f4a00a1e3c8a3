"""`swift.domain`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check, note, warning

from ._auth import version

NAMES = ("domain", "domainid", "tenantdomain", "tenantdomainid", "trustid")


@check("swift.domain", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def domain(config: Config) -> Iterator[Finding]:
    """Version 3 of the login has the domain of its user; earlier ones have none.

    In version 3 a user's name counts within a domain, and the driver sends none unless `domain` or `domainid` is set:
    Keystone answers Bad Request, and the registry panics at start (2.8.2 with a real Keystone). Other clients assume
    Default, so the same settings work there. The project is looked for in the same domain, unless `tenantdomain` or
    `tenantdomainid` says otherwise, from 2.7 on.
    """
    used = version(config)
    given = {name: config.parameter(name) for name in NAMES if config.parameters.reads(name)}
    if used == 3:
        if not given["domain"].text and not given["domainid"].text:
            yield blocker(
                what="The login is by version 3, and there is neither domain nor domainid.",
                why="Keystone refuses a user without a domain, even if it is the default one: the registry panics at"
                " start.",
                fix="Set storage.swift.domain to the user's domain; it is called Default where nobody chose another.",
                where="storage.swift.domain",
                breaks=EVERY_STAGE,
            )
        for one, other in (("domain", "domainid"), ("tenantdomain", "tenantdomainid")):
            if one in given and given[one].text and given[other].text:
                yield warning(
                    what=f"Both {one} and {other} are set.",
                    why=f"The driver takes {one} and ignores {other}; if they differ, the login fails or is another's.",
                    fix=f"Remove one of the two, such as {given[other].path}.",
                    where=given[other].path,
                )
    elif used in (1, 2):
        for parameter in given.values():
            if parameter.text:
                yield note(
                    what=f"{parameter.name} is set, and the login is by version {used}, which has none.",
                    why="The driver ignores it.",
                    fix=f"Remove {parameter.path}, or log in by version 3.",
                    where=parameter.path,
                )
