"""`storage.driver`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import (
    EVERY_STAGE,
    GC,
    START,
    Config,
    Finding,
    blocker,
    check,
    every_driver_key,
    nearest,
    releases_with_driver,
)


@check(
    "storage.driver",
    needs=["config.kind", "environment.kubernetes"],
    when=("!driver", "!driverless"),
    stages=(START, GC),
)
def driver(config: Config) -> Iterator[Finding]:
    """The storage section names one driver, and the release has it.

    The driver is whatever key of the storage section is not one of the settings beside it (cache, delete, maintenance,
    redirect, and tag from 3.0 on). So a misspelt setting counts as a second driver, and two drivers are fatal. Drivers
    come and go with releases: swift and oss ended with 2.8, rados long before.
    """
    for problem in config.problems:
        if problem.kind == "driver":
            yield blocker(what=problem.what, why=problem.why, fix=problem.fix, where=problem.where, breaks=EVERY_STAGE)
    if not config.driver or config.driver_known:
        return
    path = f"storage.{config.driver}"
    held = releases_with_driver(config.driver)
    if config.table is None:
        near = nearest(config.driver, every_driver_key())
        yield blocker(
            what=f"No release has a storage driver called {config.driver!r}.",
            why="The registry panics at start: the driver is not registered.",
            fix=f"Write {near!r}, if that is meant."
            if near
            else "Name one of filesystem, s3, azure or gcs below storage.",
            where=config.where(path, key=True),
            breaks=EVERY_STAGE,
        )
        return
    removed = str(config.table.get("removed", ""))
    yield blocker(
        what=f"{config.release.name} has no {config.driver} driver"
        + (f"; {', '.join(held)} had it." if held else "; it was removed before all releases that this tool knows."),
        why="The registry panics at start: the driver is not registered.",
        fix=removed or "Use a release that has it, or another driver.",
        where=config.where(path, key=True),
        breaks=EVERY_STAGE,
        releases=(config.release.name,),
    )
