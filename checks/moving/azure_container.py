"""`moving.azure-container`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW


@check("moving.azure-container", needs=["storage.driver"], drivers=["azure"])
def azure_container(config: Config) -> Iterator[Finding]:
    """A missing container is noticed.

    Up to 2.8 the driver makes its container at start. From 3.0 on nobody makes it, and a container that is not
    there counts as an empty store: the registry is healthy, pulls answer 404 and pushes 500 (3.1.1 with an
    emulator).
    """
    old = config.release.major < 3
    yield note(
        what="3.x does not make the container." if old else "This release does not make the container, unlike 2.x.",
        why="Without it the registry starts and calls itself healthy; pulls find nothing, and pushes fail.",
        fix=f"Make sure that a private container {config.parameter('container').text!r} exists"
        + (" before the move." if old else "."),
        where="storage.azure.container",
        releases=NEW,
    )
