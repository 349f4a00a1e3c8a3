"""`environment.maintenance`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PULL, PUSH, START, Config, Finding, Where, blocker, check

_SECTIONS = ("readonly", "uploadpurging")


@check("environment.maintenance", stages=(START,))
def maintenance(config: Config) -> Iterator[Finding]:
    """The settings of maintenance come in one piece.

    The registry wants maintenance.readonly and maintenance.uploadpurging as maps that were read in one piece. Out of
    variables with longer names, such as REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED, it builds a map of another type,
    over which it then panics (seen with 2.8 and 3.1).
    """
    for override in config.overrides:
        if override.fate != "applied" or not override.path.startswith("storage.maintenance."):
            continue
        name, dot, inner = override.path.removeprefix("storage.maintenance.").partition(".")
        if not dot or name not in _SECTIONS or config.section(f"storage.maintenance.{name}").type.kind == "untyped":
            continue
        yield blocker(
            what=f"{override.name} builds maintenance.{name} out of a variable, which the registry does not take.",
            why="The registry panics at start: the map does not have the type that it expects.",
            fix=f"Set {override.name.rpartition('_' + inner.replace('.', '_').upper())[0]}='{_example(name)}' instead.",
            where=Where(path=override.path, variable=override.name),
            breaks=(START, PUSH, PULL, DELETE),
        )


def _example(name: str) -> str:
    return "{enabled: true}" if name == "readonly" else "{enabled: false}"
