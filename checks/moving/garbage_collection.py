"""`moving.garbage-collection`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW


@check("moving.garbage-collection", needs=["storage.driver"], releases=NEW)
def garbage_collection(config: Config) -> Iterator[Finding]:
    """Garbage collection deletes what it should.

    From 3.0 on garbage-collect also removes the links of a repository to layers that none of its images uses, and
    follows indexes inside indexes. It deletes more than that of 2.x. Links that an upload in progress has just made
    are among them.
    """
    if config.get("storage.maintenance.readonly.enabled") is not True and config.driver and config.family != "inmemory":
        yield note(
            what="garbage-collect deletes more than that of 2.x: also a repository's links to layers that no image of"
            " it uses.",
            why="Run beside pushes, it can take away what a push has just laid down.",
            fix="Run it with --dry-run first, and with storage.maintenance.readonly: {enabled: true} on every"
            " registry of the store.",
            where=f"storage.{config.driver}",
            releases=NEW,
        )
