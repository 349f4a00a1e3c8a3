"""`swift.container`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, EVERY_STAGE, GC, PULL, PUSH, START, Config, Finding, blocker, check

from ._terms import joins_nothing

#: Swift's own limit, in bytes.
LONGEST = 256


@check("swift.container", needs=["storage.driver"], drivers=["swift"], stages=(START, GC))
def container(config: Config) -> Iterator[Finding]:
    """The container is a name without a slash.

    The driver asks for the container when it is built, and makes it where it is missing. With a slash in it the name is
    that of an object, and the registry panics at start; with one at the end it starts, and nothing else works (2.8.2 with a
    real Swift). A folder inside the container belongs into `prefix`. With `?`, `&` or an escape such as `%20` in it, pushes fail.
    """
    parameter = config.parameter("container")
    name = parameter.text
    if name.endswith("/") and "/" not in name[:-1]:
        yield blocker(
            what=f"container {name!r} ends with a slash.",
            why="The registry starts, and all objects get names that begin with a slash: nothing that is there is found, and"
            " pushes fail with 500.",
            fix=f"Set {parameter.path}: {name.strip('/')}",
            where=parameter.path,
            breaks=(PUSH, PULL, DELETE, GC),
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
    elif len(name.encode()) > LONGEST:
        yield blocker(
            what=f"The name of the container is longer than {LONGEST} bytes.",
            why="Swift refuses to make or find it: the registry panics at start.",
            fix="Use a shorter name.",
            where=parameter.path,
            breaks=EVERY_STAGE,
        )
    else:
        yield from joins_nothing(parameter)
