"""`swift.read-object`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, Finding, SwiftStorage, blocker, check

from ._terms import CONTAINER, WHERE, remedy, tried, who


@check(
    "swift.read-object",
    storage=SwiftStorage,
    needs=[CONTAINER],
    touches="reads",
    drivers=["swift"],
    stages=(PUSH, PULL, DELETE, GC),
    proves=(PULL,),
)
def read_object(storage: SwiftStorage) -> Iterator[Finding]:
    """Objects may be read.

    Asked for an object that is not there: a cluster says 404 to those who may read, and 403 to the others.
    """
    refusal = tried(storage, "read missing").refusal
    if refusal is not None:
        yield blocker(
            what=f"Objects of {storage.container} may not be read by {who(storage)}: {refusal.short}.",
            why="Every pull answers 500, and so does what reads before it writes: pushes, deletes and garbage collection.",
            fix=remedy(storage, refusal, "read"),
            where=WHERE,
            breaks=(PUSH, PULL, DELETE, GC),
            evidence=refusal,
        )
