"""`swift.auth-answers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Finding, SwiftRefusal, SwiftStorage, blocker, check

from ._auth import version
from ._reach import PANICS, answers

WHERE = "storage.swift.authurl"


@check(
    "swift.auth-answers",
    storage=SwiftStorage,
    needs=["swift.auth-certificate"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def auth_answers(storage: SwiftStorage) -> Iterator[Finding]:
    """A login is possible at the address of the identity service.

    The driver sends its request to `authurl` (version 1), or below it to `auth/tokens` (version 3) or `tokens` (version 2), and
    anything but 2xx ends the start. What answers tells what is there: Keystone shows its versions with 300 at its root, and
    404 elsewhere; Swift's own proxy says 412 Bad URL to a path that it does not know, and 400 where the login's version is
    half of one (2.8.2 with real ones of both).
    """
    outcome = storage.login
    if outcome.refusal is not None and outcome.refusal.status not in (401, 403):
        yield _refused(storage, outcome.refusal)
    elif outcome.ok and not outcome.value.token:
        yield blocker(
            what="The answer to the login has no token.",
            why=f"{PANICS} It says: Response didn't have storage url and auth token.",
            fix=_meant(storage, "Let authurl name the login itself"),
            where=WHERE,
            breaks=EVERY_STAGE,
        )
    else:
        yield from answers(storage, "auth")


def _refused(storage: SwiftStorage, refusal: SwiftRefusal) -> Finding:
    if refusal.status >= 500:
        fix = "Look at the service's own log; try again when it is well."
    else:
        fix = _meant(storage, "Mend the path of authurl")
    return blocker(
        what=f"No login is possible there: {refusal.request} is answered {refusal.short}{_told(refusal)}.",
        why=PANICS,
        fix=fix,
        where=WHERE,
        breaks=EVERY_STAGE,
        evidence=refusal,
    )


def _told(refusal: SwiftRefusal) -> str:
    """What this answer shows of who is there."""
    if refusal.status == 300 or '"versions"' in refusal.said:
        return ", with a list of the versions: this is the root of a Keystone"
    if refusal.status == 412 and "Bad URL" in refusal.said:
        return ", Bad URL: this is a Swift proxy, and the path is none that it knows"
    if '"error"' in refusal.said:
        return ": this is a Keystone"
    if 200 <= refusal.status < 300:
        return ", and that is no token"
    return ""


def _meant(storage: SwiftStorage, begin: str) -> str:
    if version(storage.config) == 1:
        return f"{begin}: http(s)://HOST/auth/v1.0 for Swift's own users, http(s)://HOST/auth/v1.0 or /auth/1.0 for Ceph's gateway."
    last = "v3" if version(storage.config) == 3 else "v2.0"
    return f"{begin}: http(s)://HOST:5000/{last}, or what `openstack endpoint list --service identity` shows, with /{last} at its end."
