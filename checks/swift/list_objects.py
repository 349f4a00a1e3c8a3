"""`swift.list-objects`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, Finding, SwiftStorage, blocker, check

from ._terms import CONTAINER, WHERE, remedy, tried, who

#: What the driver asks for at a time.
PAGE = 1000


@check(
    "swift.list-objects",
    storage=SwiftStorage,
    needs=[CONTAINER],
    touches="reads",
    drivers=["swift"],
    stages=(PUSH, PULL, DELETE, GC),
)
def list_objects(storage: SwiftStorage) -> Iterator[Finding]:
    """The objects can be listed, a thousand at a time.

    The driver looks for each path in a listing before it looks at the object, and always asks for a thousand names. A cluster
    whose `container_listing_limit` is lower answers 412: the registry starts, and everything else fails (2.8.2, seen).
    """
    refusal = tried(storage, "list").refusal
    if refusal is None:
        return
    limit = storage.info.limit("container_listing_limit")
    if refusal.status == 412 or (limit is not None and limit < PAGE):
        shown = f", for its limit is {limit}" if limit is not None else ""
        what = f"The cluster gives no list of {PAGE} names: {refusal.short}{shown}."
        fix = f"Have the cluster's operators set container_listing_limit to {PAGE} or more (10000 is Swift's default)."
    else:
        what = f"The objects of {storage.container} can't be listed by {who(storage)}: {refusal.short}."
        fix = remedy(storage, refusal, "read")
    yield blocker(
        what=what,
        why="The registry starts, and every push, pull, delete and garbage collection fails.",
        fix=fix,
        where=WHERE,
        breaks=(PUSH, PULL, DELETE, GC),
        evidence=refusal,
    )
