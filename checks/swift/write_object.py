"""`swift.write-object`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, SwiftStorage, blocker, check

from ._terms import CONTAINER, WHERE, remedy, tried, who


@check(
    "swift.write-object",
    storage=SwiftStorage,
    needs=[CONTAINER],
    touches="writes",
    drivers=["swift"],
    stages=(PUSH,),
    proves=(PUSH,),
)
def write_object(storage: SwiftStorage) -> Iterator[Finding]:
    """An object can be written.

    The first request of a push writes a small file that says when the upload began. A read ACL alone, a cluster for reading
    only, and a quota that leaves no room for it all end it there: the registry starts, and each push answers 500 (2.8.2,
    seen).
    """
    refusal = tried(storage, "marker").refusal
    if refusal is None:
        return
    reasons = {413: "a quota leaves no room", 405: "the cluster takes no changes", 507: "the cluster is full"}
    reason = f", {reasons[refusal.status]}" if refusal.status in reasons else ""
    yield blocker(
        what=f"Nothing can be written to {storage.container} by {who(storage)}: {refusal.short}{reason}.",
        why="The registry starts, and answers each push with 500.",
        fix=remedy(storage, refusal, "read", "write"),
        where=WHERE,
        breaks=(PUSH,),
        evidence=refusal,
    )
