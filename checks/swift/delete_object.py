"""`swift.delete-object`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, Finding, SwiftRefusal, SwiftStorage, blocker, check

from ._terms import CONTAINER, WHERE, remedy, tried, who


@check(
    "swift.delete-object",
    storage=SwiftStorage,
    needs=[CONTAINER, "swift.list-objects", "swift.read-object"],
    touches="writes",
    drivers=["swift"],
    stages=(DELETE, GC),
    proves=(DELETE, GC),
)
def delete_object(storage: SwiftStorage) -> Iterator[Finding]:
    """Objects can be deleted, many at once where the cluster offers that.

    A delete of a manifest removes its links. Garbage collection removes blobs with their segments, by the cluster's bulk
    delete where /info has it: if that is forbidden the driver says nothing, and the garbage stays.
    """
    refusal = tried(storage, "delete missing").refusal
    if refusal is None:
        step = storage.rehearsal.step("remove")
        refusal, left = step.refusal, step.value
        if refusal is None and left:
            yield _finding(storage, f"Objects are still there after they were deleted: {len(left)}", None)
            return
    if refusal is not None:
        yield _finding(
            storage, f"{who(storage)} may not delete objects of {storage.container}: {refusal.short}", refusal
        )


def _finding(storage: SwiftStorage, what: str, refusal: SwiftRefusal | None) -> Finding:
    return blocker(
        what=f"{what[:1].upper()}{what[1:]}.",
        why="Deletes answer 500, and garbage collection ends with an error or collects nothing.",
        fix=remedy(storage, refusal, "read", "write")
        if refusal
        else "Look at the cluster's own log for the bulk delete.",
        where=WHERE,
        breaks=(DELETE, GC),
        evidence=refusal or (),
    )
