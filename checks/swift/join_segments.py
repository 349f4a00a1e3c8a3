"""`swift.join-segments`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, CannotTell, Finding, SwiftStorage, blocker, check, warning

from ._terms import WHERE, remedy, tried

#: Seconds that the driver waits for the segments.
PATIENCE = 15
SLOW = 1.0
#: Swift refuses names that are longer, unless /info says otherwise.
LONGEST_NAME = 1024


@check(
    "swift.join-segments",
    storage=SwiftStorage,
    needs=["swift.write-object", "swift.container", "swift.prefix"],
    touches="writes",
    drivers=["swift"],
    stages=(PUSH,),
    proves=(PUSH,),
)
def join_segments(storage: SwiftStorage) -> Iterator[Finding]:
    """A layer can be sent in segments, and they show up.

    The driver writes segments below `segments/`, and an object without content that joins all that lies below their name (a
    dynamic large object). Then it waits until the object has their size: a cluster's listings lag behind, and after 15
    seconds the push fails with `Timeout expired while waiting for segments`.
    """
    for name in ("segment 1", "segment 2", "manifest", "visible", "stat"):
        step = tried(storage, name)
        if step.refusal is None:
            continue
        longest = storage.info.limit("max_object_name_length") or LONGEST_NAME
        if step.refusal.status == 400 and len(storage.rehearsal.parts) + 17 > longest:
            raise CannotTell(f"the names of this probe are too long for the cluster, which takes {longest} bytes")
        yield blocker(
            what=f"A layer can't be stored: {step.refusal.request.partition(' ')[0]} of its {name} is answered {step.refusal.short}.",
            why="The registry starts, and pushes fail with 500 or 404.",
            fix=remedy(storage, step.refusal, "read", "write"),
            where=WHERE,
            breaks=(PUSH,),
            evidence=step.refusal,
        )
        return
    yield from _shown(storage)


def _shown(storage: SwiftStorage) -> Iterator[Finding]:
    seconds = storage.rehearsal.step("visible").value
    if seconds < 0:
        yield blocker(
            what=f"Segments do not show up in {storage.container} within {PATIENCE} seconds.",
            why="Pushes of layers fail: Timeout expired while waiting for segments.",
            fix="Have the cluster's operators look at its container servers: listings lag behind.",
            where=WHERE,
            breaks=(PUSH,),
        )
    elif seconds > SLOW:
        yield warning(
            what=f"Segments showed up in {storage.container} after {seconds:.1f} seconds only.",
            why=f"After {PATIENCE} seconds a push fails; under load it may come to that.",
            fix="Have the cluster's operators look at its container servers: listings lag behind.",
            where=WHERE,
        )
    if not storage.rehearsal.step("stat").value:
        raise CannotTell(
            "a listing does not show an object that was just written: what a push makes of that is a matter of luck"
        )
