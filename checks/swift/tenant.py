"""`swift.tenant`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check, note, warning

from ._auth import version


@check("swift.tenant", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def tenant(config: Config) -> Iterator[Finding]:
    """The login is for a project.

    Without one, versions 2 and 3 of the login answer a token that opens no storage: the registry panics at start,
    since the answer has no address of a store (2.8.2 with a real Keystone). From 2.7 on the driver prints whatever
    the two keys hold, so a number will do and a blank is the project `<nil>`; 2.5 refuses a number.
    """
    name, id = config.parameter("tenant"), config.parameter("tenantid")
    used = version(config)
    if used not in (2, 3):
        return
    for parameter in (name, id):
        if parameter.text == "<nil>" and parameter.raw is None:
            yield blocker(
                what=f"{parameter.name} is left blank, and the driver makes the text <nil> of it.",
                why="The identity service knows no such project: the registry panics at start.",
                fix=f"Fill in {parameter.path}, or remove it.",
                where=parameter.path,
                breaks=EVERY_STAGE,
            )
    if name.wanted or id.wanted:
        return
    if not name.text and not id.text and not config.parameter("trustid").text:
        yield warning(
            what="There is neither tenant nor tenantid" + (" nor trustid." if used == 3 else "."),
            why="Unless the user has a project by default, the token of such a login opens no storage: the registry"
            " panics at start.",
            fix="Set storage.swift.tenant to the name of the project.",
            where="storage.swift.tenant",
        )
    elif used == 3 and name.text and id.text and name.text != "<nil>":
        yield note(
            what="Both tenant and tenantid are set.",
            why="The driver takes tenantid and ignores tenant.",
            fix=f"Remove {name.path}, which does nothing.",
            where=name.path,
        )
