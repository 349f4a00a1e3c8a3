"""`swift.versions`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, SwiftStorage, check, warning

from ._terms import CONTAINER, WHERE

#: What keeps what is overwritten or deleted, by the container's headers; the first brings it back.
KEEPS = ("x-versions-location", "x-history-location", "x-versions-enabled")


@check("swift.versions", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"])
def versions(storage: SwiftStorage) -> Iterator[Finding]:
    """What is deleted from the container is gone, and nothing is deleted by itself.

    A container may keep old versions of its objects, in another container or beside them: garbage collection then frees no
    space. With `X-Versions-Location` a delete even brings the version before back. Objects may also bear a date at which the
    cluster deletes them, which some gateways set for a whole container: images lose their layers.
    """
    head = storage.head
    if not head.ok:
        return
    for name in KEEPS:
        value = head.value.headers.get(name, "")
        if value and value.lower() != "false":
            yield warning(
                what=f"The container {storage.container} keeps old versions: {name}: {value}.",
                why="Garbage collection frees no space"
                + (", and a file that was deleted comes back as it was before." if name == KEEPS[0] else "."),
                fix=f"Have its owner end that: swift post -H '{name}:' {storage.container}",
                where=WHERE,
            )
    if storage.options.read_only:
        return
    read = storage.rehearsal.step("read")
    if read.ok and (when := read.value.headers.get("x-delete-at")):
        yield _expiring(storage, when)


def _expiring(storage: SwiftStorage, when: str) -> Finding:
    return warning(
        what=f"The cluster gives what is written to {storage.container} a date on which it is deleted: {when}.",
        why="Images lose their layers, and pulls fail.",
        fix="Use a container without such a rule.",
        where=WHERE,
    )
