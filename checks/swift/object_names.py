"""`swift.object-names`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, SwiftStorage, blocker, check, warning

from ._terms import CONTAINER

#: Swift's own limit, where /info does not say.
LONGEST = 1024
#: The longest name of a repository that the registry takes.
REPOSITORY = 255
#: The path of an upload, without the repository's name.
PATH = len("/docker/registry/v2/repositories//_uploads//data") + 36


@check(
    "swift.object-names", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"], stages=(PUSH,)
)
def object_names(storage: SwiftStorage) -> Iterator[Finding]:
    """The names of segments are short enough for the cluster.

    A segment's name holds the path of its upload in hexadecimal digits, so it is more than twice as long as that. With a long
    `prefix`, or in a cluster with a low `max_object_name_length`, uploads to repositories with long names fail with 500.
    """
    limit = storage.info.limit("max_object_name_length") or LONGEST
    # Prefix, "/segments/", the path with 32 random bytes and an empty SHA-1, a slash within it, and a number of 16 digits.
    around = len(f"{storage.prefix}/segments/".lstrip("/").encode()) + 1 + 17
    room = (limit - around) // 2 - PATH - 52
    if room < 1:
        yield blocker(
            what=f"No segment's name is short enough for the cluster, which takes {limit} bytes.",
            why="The registry starts, and every push fails with 500.",
            fix="Shorten storage.swift.prefix, or have the cluster's operators raise max_object_name_length to 1024.",
            where="storage.swift.prefix",
            breaks=(PUSH,),
        )
    elif room < REPOSITORY:
        yield warning(
            what=f"Repositories with names above {room} bytes can't be pushed to: their segments' names are longer than the"
            f" {limit} bytes that the cluster takes.",
            why="The registry itself takes names of 255 bytes.",
            fix="Shorten storage.swift.prefix, or keep to shorter names.",
            where="storage.swift.prefix",
        )
