"""`storage.readonly`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PUSH, START, Config, Finding, blocker, check, note

from .._serving import PANICS, SERVING, shown
from ._shape import is_plain_map, misshapen

_PATH = "storage.maintenance.readonly"


@check("storage.readonly", when=("storage.maintenance",), stages=(START, PUSH, DELETE))
def readonly(config: Config) -> Iterator[Finding]:
    """The registry takes pushes: it is not in read-only mode.

    `storage.maintenance.readonly` must be a map, and its `enabled` a bare true or false; anything else, a null too,
    stops the registry at start. Where it is true, the registry answers 405 to every push and every delete (2.8.2,
    seen), while pulls and garbage-collect work. That is the mode for a backup or for garbage collection. Uploads are
    still purged in it, unless that is switched off by itself.
    """
    if not config.has(_PATH):
        return
    if not is_plain_map(config, _PATH):
        yield misshapen(config, _PATH, "{enabled: true}")
        return
    enabled = config.get(f"{_PATH}.enabled")
    if enabled is True:
        yield note(
            what="The registry is in read-only mode.",
            why="It answers 405 to every push and every delete. Pulls and garbage-collect work.",
            fix=f"Set {_PATH}.enabled to false when pushes are wanted again.",
            where=f"{_PATH}.enabled",
            breaks=(PUSH, DELETE),
        )
    elif enabled is not False and config.has(f"{_PATH}.enabled"):
        yield blocker(
            what=f"{_PATH}.enabled is {shown(enabled)}, not a boolean.",
            why=PANICS,
            fix="Write a bare true or false, without quotes.",
            where=f"{_PATH}.enabled",
            breaks=SERVING,
        )
