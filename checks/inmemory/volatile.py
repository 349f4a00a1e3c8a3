"""`inmemory.volatile`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning


@check("inmemory.volatile", needs=["storage.driver"], drivers=["inmemory"])
def volatile(config: Config) -> Iterator[Finding]:
    """What is pushed outlives the registry.

    The inmemory driver keeps all images in the memory of the process: they are gone when it ends, no second process
    sees them, and garbage-collect, being a process of its own, finds an empty store. It has no parameters.
    """
    yield warning(
        what="The storage driver is inmemory.",
        why="Every image is lost when the registry ends, and all of them have to fit into its memory.",
        fix="Use filesystem with a volume, or a store, for anything but a trial.",
        where=config.where(f"storage.{config.driver}", key=True),
    )
