"""The rights of the swift driver as command lines: a role of an operator for the user, or ACLs of the container.

Source: OpenStack, `openstack role add`, `swift post`; Swift's documentation, "Access Control Lists (ACLs)". By version 1 of the
login users are Swift's own (tempauth), which have no roles. Both ways were tried with the registry 2.8.2 on a real Swift.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from registry_preflight.inputs import CannotBegin
from registry_preflight.policies import Written
from registry_preflight.storage.swift_auth import version_of

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

FORMATS = ("openstack", "swift", "all")
#: Any of Swift's operator_roles will do; this one every cloud has.
ROLE = "member"


def policy_text(config: Config, format: str, principal: str | None) -> Written:
    """Command lines. `principal` is the user as an ACL names it, `PROJECT_ID:USER_ID` or `ACCOUNT:USER`. Raises `CannotBegin`."""
    refused = config.parameters.refused() or [one for one, _ in config.parameters.missing()]
    if refused:
        raise CannotBegin(f"{config.source}: the registry does not start with this {refused[0].path}; mend it first.")
    written = {"swift": "\n".join(_acls(config, principal)) + "\n"}
    if version_of(config) != 1:
        written = {"openstack": "\n".join(_role(config)) + "\n", **written}
    # Users of version 1 have no roles: for them there is the other way alone.
    text = "\n".join(written.values()) if format == "all" else written.get(format, written["swift"])
    return Written(text, tuple(_remarks(config, format if format in written else "swift")))


def _text(config: Config, name: str) -> str:
    return config.parameter(name).text if config.parameters.reads(name) else ""


def _role(config: Config) -> Iterator[str]:
    """The user owns the account of the project: nothing else is needed, also for the key of temporary addresses."""
    user, project = _text(config, "username"), _text(config, "tenantid") or _text(config, "tenant") or "PROJECT"
    command = ["openstack", "role", "add", "--user", user]
    if domain := _text(config, "domain") or _text(config, "domainid"):
        command += ["--user-domain", domain]
    command += ["--project", project]
    within = _text(config, "tenantdomain") or _text(config, "tenantdomainid") or domain
    if within and not _text(config, "tenantid"):
        command += ["--project-domain", within]
    yield "# the user as an operator of the project: it may do anything with the containers of it"
    yield shlex.join([*command, ROLE])


def _acls(config: Config, principal: str | None) -> Iterator[str]:
    """The user may read and write this container, and nothing else of the account."""
    named = principal or (_text(config, "username") if version_of(config) == 1 else "PROJECT_ID:USER_ID")
    container = _text(config, "container")
    yield "# the container, made by the account's owner, for a user who is not: read includes listings"
    yield shlex.join(["swift", "post", "--read-acl", named, "--write-acl", named, container])


def _remarks(config: Config, format: str) -> Iterator[str]:
    yield "The driver reads, lists, writes and deletes objects of the container, and makes the container where it is missing."
    if format != "openstack":
        yield "ACLs that are there already are replaced: name those users as well, with commas between."
        if version_of(config) != 1:
            yield "PROJECT_ID:USER_ID are ids: openstack project show, openstack user show; --principal fills them in."
        if config.redirects:
            yield (
                "With ACLs alone the registry can't set the key of temporary addresses: give the container's key as"
                " storage.swift.secretkey, or set storage.redirect.disable: true, or every pull of a layer is refused."
            )
