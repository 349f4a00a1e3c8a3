"""Keystone's one 401 taken apart: a token that is for no project tells the user from the project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from registry_preflight.storage.network import NetworkTrouble
from registry_preflight.storage.swift_auth import body_of, login_url

if TYPE_CHECKING:
    from registry_preflight.storage.swift import SwiftStorage


class Project(NamedTuple):
    """A project on which the user has a role."""

    id: str
    name: str
    domain_id: str


class Diagnosis(NamedTuple):
    """`user` says whether user, password and the user's domain are right; `None` where that could not be found out.

    `projects` are those on which the user has a role, `None` where they could not be listed.
    """

    user: bool | None
    projects: tuple[Project, ...] | None = None


def diagnose(storage: SwiftStorage) -> Diagnosis:
    """Log in by version 3 without a project, and list the user's projects."""
    url = login_url(storage.config)
    wanted = json.loads(body_of(storage.config))
    wanted["auth"].pop("scope", None)
    # Since 3.4 a user with a project by default gets a token for that, unless it is said that none is wanted.
    wanted["auth"]["scope"] = "unscoped"
    try:
        said = storage.transport.send(
            "POST", url, {"Content-Type": "application/json"}, json.dumps(wanted).encode(), limit=8 << 20
        )
        if said.status in (401, 403):
            return Diagnosis(False)
        token = said.headers.get("x-subject-token", "")
        if said.status not in (200, 201) or not token:
            return Diagnosis(None)
        storage.config.secrets.learn((token,))
        listed = storage.transport.send("GET", f"{url.removesuffix('/tokens')}/projects", {"X-Auth-Token": token})
    except NetworkTrouble:
        return Diagnosis(None)
    return Diagnosis(True, _projects(listed.body) if listed.status == 200 else None)


def _projects(body: bytes) -> tuple[Project, ...] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    listed = said.get("projects") if isinstance(said, dict) else None
    if not isinstance(listed, list):
        return None
    return tuple(
        Project(*(str(one.get(key, "")) for key in ("id", "name", "domain_id")))
        for one in listed
        if isinstance(one, dict)
    )
