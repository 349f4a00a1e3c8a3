"""`swift.leftovers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, SwiftStorage, check, note

from ._terms import CONTAINER, WHERE


@check("swift.leftovers", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"])
def leftovers(storage: SwiftStorage) -> Iterator[Finding]:
    """No interrupted run of this program has left anything behind.

    A run that was killed could not remove its probes. They do not harm, and `cleanup` removes them.
    """
    found = storage.leftovers()
    if found:
        yield note(
            what=f"Earlier runs left {len(found)} objects in {storage.container}.",
            why="They take space; neither the catalogue nor a pull shows them.",
            fix="Run: registry-preflight cleanup CONFIG",
            where=WHERE,
            evidence=found[:5],
        )
