"""`swift.container-exists`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import (
    EVERY_STAGE,
    GC,
    START,
    CannotTell,
    Finding,
    SwiftRefusal,
    SwiftStorage,
    blocker,
    check,
    note,
)

from ._reach import answers
from ._terms import CONTAINER, DENIED, WHERE, remedy, who


@check(
    CONTAINER,
    storage=SwiftStorage,
    needs=["swift.storage-certificate"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
    proves=(START,),
)
def container_exists(storage: SwiftStorage) -> Iterator[Finding]:
    """The container is there and may be asked for, or the registry can make it.

    The driver asks for the container when it is built, and makes it where it is missing. A user who is not the account's
    owner needs an ACL for that which includes listings: with a right to write alone, or with `.r:*` without `.rlistings`, the
    registry panics at start (2.8.2 with a real Swift). A missing and a forbidden container look the same to such a user.

    Whether a container can be made is seen by making one, with the run's own name, which stands in for it and is removed
    again; with --read-only it stays unknown.
    """
    head = storage.head
    if head.refusal is None:
        yield from answers(storage, "storage")
    elif head.refusal.status == 404:
        yield from _missing(storage)
    else:
        yield _refused(storage, head.refusal)


def _missing(storage: SwiftStorage) -> Iterator[Finding]:
    if storage.options.read_only:
        raise CannotTell(
            f"the container {storage.container} does not exist, and only making it would show whether that works"
        )
    made = storage.rehearsal.step("place")
    if made.refusal is not None:
        yield blocker(
            what=f"The container {storage.container} does not exist, and {who(storage)} may not make it: {made.refusal.short}.",
            why=f"The registry panics at start: failed to create container {storage.container}.",
            fix=f"Have the account's owner make it: swift post {storage.container}. {remedy(storage, made.refusal, 'read', 'write')}",
            where=WHERE,
            breaks=EVERY_STAGE,
            evidence=made.refusal,
        )
        return
    yield note(
        what=f"The container {storage.container} does not exist; the registry makes it at its first start.",
        why="If it should be there already, name, project or region are those of another one.",
        fix=f"Nothing, or make it yourself: swift post {storage.container}",
        where=WHERE,
    )


def _refused(storage: SwiftStorage, refusal: SwiftRefusal) -> Finding:
    if refusal.status in DENIED:
        what = f"{who(storage)} may not ask for the container {storage.container}: {refusal.short}."
        fix = remedy(storage, refusal, "read", "write") + (
            " A read ACL of .r:* needs .rlistings beside it." if refusal.status == 403 else ""
        )
    else:
        what = f"The storage answers {refusal.short} to a request for the container {storage.container}."
        fix = "Look at the address of the storage that the login names, and at the cluster's own log."
    return blocker(
        what=what[:1].upper() + what[1:],
        why=f"The registry panics at start: failed to retrieve info about container {storage.container}.",
        fix=fix,
        where=WHERE,
        breaks=EVERY_STAGE,
        evidence=[refusal, f"the login names {storage.session.storage_url}"],
    )
