"""`moving.tag-delete`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW


@check("moving.tag-delete", releases=NEW)
def tag_delete(config: Config) -> Iterator[Finding]:
    """Deleting a tag is allowed or refused as before.

    3.x can delete a single tag. 3.0 does so even where `delete.enabled` is not true; 3.1.1 wants it, like every
    other delete.
    """
    enabled = config.get("storage.delete.enabled") is True
    if config.release.fact("tag_delete_needs_delete_enabled") is False and not enabled:
        yield note(
            what="This release deletes tags on request although storage.delete.enabled is not true.",
            why="Whoever may push can remove tags; 2.x has no such request and 3.1.1 refuses it.",
            fix="Use 3.1.1, or let auth grant delete to nobody.",
            where="storage.delete",
            releases=("registry-3.0",),
        )
