"""`swift.move-object`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, SwiftStorage, blocker, check, warning

from ._terms import WHERE, remedy, tried


@check(
    "swift.move-object",
    storage=SwiftStorage,
    needs=["swift.join-segments"],
    touches="writes",
    drivers=["swift"],
    stages=(PUSH,),
    proves=(PUSH,),
)
def move_object(storage: SwiftStorage) -> Iterator[Finding]:
    """A finished upload can be moved among the blobs, and comes back as it was sent.

    The driver writes a second object without content that joins the same segments, and deletes the first. What has no
    segments it moves by COPY.
    """
    for name in ("move", "read"):
        refusal = tried(storage, name).refusal
        if refusal is not None:
            yield blocker(
                what=f"A finished upload can't be moved to its place: {refusal.short}.",
                why="Layers are sent in full, and then the push fails.",
                fix=remedy(storage, refusal, "read", "write"),
                where=WHERE,
                breaks=(PUSH,),
                evidence=refusal,
            )
            return
    if storage.rehearsal.step("read").value.body != storage.rehearsal.content:
        yield blocker(
            what="An object that joins segments comes back changed.",
            why="The registry compares size and digest of each layer: pushes fail.",
            fix="Have the cluster's operators see to it that dynamic large objects (dlo) work.",
            where=WHERE,
            breaks=(PUSH,),
        )
    if (refused := tried(storage, "copy").refusal) is not None:
        yield warning(
            what=f"Objects can't be copied inside {storage.container}: {refused.short}.",
            why="Layers are moved without that; what has no segments is not.",
            fix=remedy(storage, refused, "read", "write"),
            where=WHERE,
            evidence=refused,
        )
