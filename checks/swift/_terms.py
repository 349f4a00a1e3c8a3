"""Words that several checks of the swift driver share."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import (
    PUSH,
    CannotTell,
    Finding,
    Parameter,
    Pattern,
    SwiftRefusal,
    SwiftStorage,
    SwiftTrial,
    blocker,
)

CONTAINER = "swift.container-exists"
WHERE = "storage.swift.container"
#: The image of the push stage: a layer of 4 KB and one of 40 MB, its config and manifest.
LAYER = 40 << 20
IMAGE = LAYER + (4 << 10)
#: What the small files of that push may add; between the two nothing is foretold.
MARGIN = 4 << 10
DENIED = (401, 403)
#: What Swift refuses in X-Object-Manifest, or takes for something else, and the driver writes there as it is.
_NO_MANIFEST = Pattern(r"[?&]|%[0-9A-Fa-f]{2}")


def tried(storage: SwiftStorage, name: str) -> SwiftTrial:
    """What became of a step of the rehearsal. Raises `CannotTell` where an earlier one was in its way."""
    step = storage.rehearsal.step(name)
    if step.blocked:
        raise CannotTell(f"it could not be tried, for the step before it failed ({step.blocked})")
    return step


def acl_user(storage: SwiftStorage) -> str:
    """The user as an ACL names one."""
    login = storage.session
    return f"{login.project_id}:{login.user_id}" if login.user_id else storage.config.parameter("username").text


def who(storage: SwiftStorage) -> str:
    """The user, with the roles that are known, for a sentence."""
    roles = storage.session.roles
    return f"{storage.user} (with the role {', '.join(roles)} on {storage.session.project})" if roles else storage.user


def remedy(storage: SwiftStorage, refusal: SwiftRefusal, *rights: str) -> str:
    """What to do about a refusal. `rights` are `read` and `write`."""
    if refusal.status == 413:
        return "Raise the quota of the container or of the account, or remove what is not needed."
    if refusal.status == 405:
        return "The cluster takes no changes (read_only): have its operators end that, or use another cluster."
    if refusal.status in DENIED:
        user = acl_user(storage)
        options = {"read": f"--read-acl '{user}'", "write": f"--write-acl '{user}'"}
        given = " ".join(options[right] for right in rights)
        return (
            f"Have the account's owner run: swift post {given} {storage.container} (existing ACLs are replaced: name them as"
            " well), or give the user a role of an operator of the project, such as member."
        )
    return "Look at the cluster's own log for this request."


def joins_nothing(parameter: Parameter) -> Iterator[Finding]:
    """A name with which segments can't be joined: 400 for a question mark or `&`, nothing found for an escape (2.8.2, seen)."""
    if found := _NO_MANIFEST.search(parameter.text):
        yield blocker(
            what=f"{parameter.name} {parameter.text!r} holds {found[0]!r}.",
            why="The registry starts, and pushes fail with 500: Swift finds no segments by such a name, for the driver does"
            " not escape it where it joins them.",
            fix="Use letters, digits, dots, dashes and, in prefix, slashes.",
            where=parameter.path,
            breaks=(PUSH,),
        )
