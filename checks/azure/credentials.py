"""`azure.credentials`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, Where, blocker, check, note, warning

from .._urls import parse
from ._account import NEW, REQUESTS

FIELDS = ("credentials.clientid", "credentials.tenantid")
#: What the library of Microsoft lets the id of a tenant consist of (azidentity: `validTenantID`).
_TENANT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")


@check("azure.credentials", needs=["storage.driver"], drivers=["azure"], stages=(START, GC))
def credentials(config: Config) -> Iterator[Finding]:
    """The way to log in is one that this release has.

    Up to 2.8 there is the account key alone. From 3.0 on `credentials.type` has to say how: shared_key, client_secret
    with clientid, tenantid and secret, or default_credentials; a config of 2.x does not start. The first 3.0 mistakes
    default_credentials for shared_key. With client_secret the library looks at the shape of tenantid and at
    AZURE_AUTHORITY_HOST, which must be an address that begins with https://, when the driver is built.
    """
    if not config.parameters.reads("credentials.type"):
        return
    kind = config.parameter("credentials.type")
    if not kind.given and not config.parameter("credentials").wanted:
        yield note(
            what="The config is one of 2.x: it does not say how to log in.",
            why="From 3.0 on the account key is used only where credentials ask for it.",
            fix="Add credentials: {type: shared_key} below storage.azure.",
            where="storage.azure",
            releases=NEW,
        )
    elif str(kind.raw) in ("default", "managed_identity", "msi", "workload_identity"):
        yield note(
            what=f"credentials.type is {kind.raw!r}, which no release knows.",
            why="One example of the documentation has it wrong: the type is called default_credentials.",
            fix=f"Set {kind.path}: default_credentials",
            where=kind.path,
            releases=NEW,
        )
    elif kind.text == "default_credentials" and config.release.fact("azure_default_credentials_work") is False:
        yield from _mistaken(config, kind.path)
    elif kind.text == "client_secret":
        yield from _application(config)


def _application(config: Config) -> Iterator[Finding]:
    client, tenant = map(config.parameter, FIELDS)
    authority = config.environment.get("AZURE_AUTHORITY_HOST", "")
    if not client.text and not client.wanted:
        yield blocker(
            what="credentials.type is client_secret, and there is no clientid.",
            why="The driver takes that at start; then nobody gives it a token, and every request fails.",
            fix=f"Set {client.path} to the id of the application.",
            where=client.path if client.given else "storage.azure.credentials",
            breaks=REQUESTS,
            releases=NEW,
        )
    address = parse(authority)
    if authority and (address.wrong or address.scheme != "https"):
        yield blocker(
            what=f"AZURE_AUTHORITY_HOST is {authority!r}: {address.wrong or 'it does not begin with https://'}.",
            why="The library takes no such authority: the registry panics at start.",
            fix="Write https:// and the host, without a line end: AZURE_AUTHORITY_HOST=https://login.microsoftonline.com",
            where=Where(variable="AZURE_AUTHORITY_HOST"),
            breaks=EVERY_STAGE,
            releases=NEW,
        )
    if not tenant.wanted and not _TENANT.issuperset(tenant.text):
        yield blocker(
            what=f"credentials.tenantid {tenant.text!r} can be the id of no tenant.",
            why="The library takes letters, digits, hyphens and dots: the registry panics at start.",
            fix="Copy the tenant's id, not its display name or its address.",
            where=tenant.path,
            breaks=EVERY_STAGE,
            releases=NEW,
        )
    else:
        yield from _ids(config)


def _ids(config: Config) -> Iterator[Finding]:
    for parameter in map(config.parameter, FIELDS):
        if (
            parameter.text
            and not _is_uuid(parameter.text)
            and not (parameter.name.endswith("tenantid") and "." in parameter.text)
        ):
            yield warning(
                what=f"{parameter.name} does not have the shape of an id (a UUID).",
                why="The driver takes it at start; the login fails at the first request if it is something else.",
                fix="Copy the id, not the display name.",
                where=parameter.path,
                releases=NEW,
            )


def _mistaken(config: Config, path: str) -> Iterator[Finding]:
    """What 3.0.0 does with default_credentials, by its source: it goes on with the account key."""
    key = config.parameter("accountkey").text
    readable = _is_base64(key)
    if key and readable:
        yield warning(
            what="This release logs in with accountkey, although credentials.type is default_credentials.",
            why="Release 3.0 mistakes the one for the other.",
            fix=f"Set {path}: shared_key, or use 3.1.",
            where=path,
            releases=("registry-3.0",),
        )
        return
    yield blocker(
        what="credentials.type is default_credentials, which this release mistakes for shared_key.",
        why="It signs with an account key that is not there: the registry starts, and every request is refused."
        if readable
        else "It reads accountkey, which is no base64, and panics at start.",
        fix=f"Use 3.1, or set {path}: shared_key and an accountkey.",
        where=path,
        breaks=REQUESTS if readable else EVERY_STAGE,
        releases=("registry-3.0",),
    )


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4 and text.replace("-", "").isalnum()


def _is_base64(text: str) -> bool:
    import binascii

    try:
        binascii.a2b_base64(text.replace("\n", "").replace("\r", ""), strict_mode=bool(text))
    except binascii.Error:
        return False
    return True
