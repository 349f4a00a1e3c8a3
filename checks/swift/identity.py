"""`swift.identity`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Finding, SwiftRefusal, SwiftStorage, blocker, check

from ._auth import version
from ._reach import PANICS

#: So many projects are named.
SHOWN = 5


@check(
    "swift.identity",
    storage=SwiftStorage,
    needs=["swift.auth-answers"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def identity(storage: SwiftStorage) -> Iterator[Finding]:
    """The user may log in.

    Keystone says the same 401 to a wrong password, an unknown user or domain, a wrong project and a user without a role on
    it. A second login without a project tells them apart: where that goes well, user, password and the user's domain are
    right, and the list of the user's projects shows what is wrong with the project. The driver panics at start with
    `Authorization Failed` in all these cases (2.8.2 with a real Keystone).
    """
    refusal = storage.login.refusal
    if refusal is None or refusal.status not in (401, 403):
        return
    used = version(storage.config)
    what, fix, where = _by_version_3(storage) if used == 3 else _by_others(storage, used)
    yield blocker(what=what, why=PANICS, fix=fix, where=where, breaks=EVERY_STAGE, evidence=refusal)


def _by_others(storage: SwiftStorage, used: int) -> tuple[str, str, str]:
    name = storage.config.parameter("username").text
    refusal = storage.login.refusal
    assert isinstance(refusal, SwiftRefusal)
    fix = "Mend username and password."
    if used == 1 and ":" not in name:
        fix = "Write username as ACCOUNT:USER, for Ceph's gateway as USER:SUBUSER, and mend the password if that is not all."
    elif used == 1:
        fix = "Mend username (ACCOUNT:USER, for Ceph's gateway USER:SUBUSER) and password: `swift -A URL -U USER -K KEY stat`."
    elif used == 2:
        fix = "Mend username, password and tenant; Keystone has no version 2 any more since 2018."
    return f"The user {name} is refused: {refusal.short}.", fix, "storage.swift.username"


def _by_version_3(storage: SwiftStorage) -> tuple[str, str, str]:
    config, found, name = storage.config, storage.diagnosis, storage.config.parameter("username").text
    domain = config.parameter("domain").text or config.parameter("domainid").text
    if found.user is False:
        return (
            f"Keystone knows no user {name} with this password in the domain {domain}.",
            "Mend username, password or domain; a user that is disabled or whose password has expired is refused alike.",
            "storage.swift.username",
        )
    if found.user is None:
        refused = storage.login.refusal
        text = refused.short if refused else ""
        return (
            f"Keystone refuses the user {name}: {text}.",
            "Mend username, password, domain and tenant.",
            "storage.swift.username",
        )
    if config.parameter("trustid").text:
        return (
            f"The user {name} may log in, and has no trust with the id that trustid gives.",
            "Name a trust whose trustee is this user, or make one: openstack trust create.",
            "storage.swift.trustid",
        )
    return _project(storage)


def _project(storage: SwiftStorage) -> tuple[str, str, str]:
    """The login is right, and the project is not."""
    config, projects = storage.config, storage.diagnosis.projects or ()
    tenant, id = config.parameter("tenant").text, config.parameter("tenantid").text
    name = config.parameter("username").text
    there = ", ".join(f"{one.name} (id {one.id}, domain {one.domain_id})" for one in projects[:SHOWN])
    has = f"the user has a role on {there}" if projects else "the user has a role on no project"
    same = next((one for one in projects if one.name == tenant), None)
    if not id and same is not None:
        fix = f"Set storage.swift.tenantid: {same.id}, which needs no domain"
        if config.parameters.reads("tenantdomainid"):
            fix += f", or storage.swift.tenantdomainid: {same.domain_id}"
        return (
            f"The user {name} may log in, and the project {tenant} is not in the domain in which it is looked for: {has}.",
            f"{fix}.",
            "storage.swift.tenant",
        )
    wanted = id or tenant
    return (
        f"The user {name} may log in, and not for the project {wanted}: {has}.",
        "Name one of these projects"
        if projects
        else f"Give the user a role: openstack role add --user USER --project {wanted} member.",
        "storage.swift.tenantid" if id else "storage.swift.tenant",
    )
