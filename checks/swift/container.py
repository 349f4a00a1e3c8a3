"""`swift.container`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check, warning

#: Swift's own limit, in bytes.
LONGEST = 256


@check("swift.container", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def container(config: Config) -> Iterator[Finding]:
    """The container is a name without a slash.

    The driver asks for the container when it is built, and makes it where it is missing. With a slash in it the name is
    that of an object, and the registry panics at start (2.8.2 with a real Swift). A folder inside the container belongs
    into `prefix`.
    """
    parameter = config.parameter("container")
    name = parameter.text
    if name != name.strip("/") and "/" not in name.strip("/"):
        yield warning(
            what=f"container {name!r} has a slash at its end or beginning.",
            why="Swift may take it for part of a path; whether the start survives that is not known.",
            fix=f"Set {parameter.path}: {name.strip('/')}",
            where=parameter.path,
        )
    elif "/" in name:
        first, _, folder = (name.partition("://")[2] or name).strip("/").partition("/")
        yield blocker(
            what=f"container {name!r} holds a slash.",
            why="Swift takes what follows for an object: the registry panics at start.",
            fix=f"Set {parameter.path}: {first or 'NAME'}" + (f" and storage.swift.prefix: {folder}" if folder else ""),
            where=parameter.path,
            breaks=EVERY_STAGE,
        )
    elif len(name) > LONGEST:
        yield blocker(
            what=f"The name of the container is longer than {LONGEST} bytes.",
            why="Swift refuses to make or find it: the registry panics at start.",
            fix="Use a shorter name.",
            where=parameter.path,
            breaks=EVERY_STAGE,
        )
