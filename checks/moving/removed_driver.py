"""`moving.removed-driver`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.removed-driver", needs=["storage.driver"], releases=OLD)
def removed_driver(config: Config) -> Iterator[Finding]:
    """The storage driver goes on to exist in 3.x.

    Swift and oss ended with 2.8, s3goamz before 2.7. A 3.x registry does not start with them, and the images have
    to be copied to another store first.
    """
    if config.table is not None and "until" in config.table:
        yield note(
            what=f"3.x has no {config.driver} driver.",
            why="A 3.x registry panics at start with this config.",
            fix=str(config.table.get("removed", "")),
            where=config.where(f"storage.{config.driver}", key=True),
            releases=NEW,
        )
