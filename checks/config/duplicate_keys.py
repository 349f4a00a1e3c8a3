"""`config.duplicate-keys`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, note, warning


@check("config.duplicate-keys", when=("!twice",))
def duplicate_keys(config: Config) -> Iterator[Finding]:
    """No key stands twice in the same section.

    The registry's parser takes a repeated key without a word. Of two values the last one counts. Two sections are read
    one after the other into the same place where the registry has fixed settings (http, log, redis and the like), so
    what only the first one has stays in force; below storage and auth the last section replaces the first.
    """
    for path, twice in config.duplicates:
        both = twice.first.line, twice.last.line
        where = Where(path=path, line=twice.last.line, column=twice.last.column)
        if _merged(config, path):
            yield note(
                what=f"The section {path!r} is opened twice, in lines {both[0]} and {both[1]}.",
                why="The registry reads both into one; of a key in both, the second counts.",
                fix="Put the two sections together.",
                where=where,
            )
            continue
        yield warning(
            what=f"The key {path!r} stands twice, in lines {both[0]} and {both[1]}.",
            why=f"The registry drops what line {both[0]} says, without a word.",
            fix=f"Remove line {both[0]} or line {both[1]}.",
            where=where,
        )
    yield from _by_chance(config)


def _merged(config: Config, path: str) -> bool:
    """Whether two sections here become one: the second is decoded over the first, unless the type reads itself."""
    parent = config.section(path.rpartition(".")[0])
    here = config.get(path)
    kind = getattr(getattr(here, "type", None), "kind", "")
    return parent.type.kind == "struct" and (kind == "struct" or (kind == "map" and path not in ("storage", "auth")))


def _by_chance(config: Config) -> Iterator[Finding]:
    """Drivers that fold upper and lower case walk their keys in random order."""
    if not config.parameters.folds_case or not config.driver_known:
        return
    seen: dict[str, str] = {}
    for key in config.parameters.given or ():
        other = seen.setdefault(key.lower(), key)
        if other != key:
            yield warning(
                what=f"The {config.driver} driver takes {other!r} and {key!r} for the same parameter.",
                why="Which of the two counts may change from start to start.",
                fix=f"Keep {key.lower()!r} alone.",
                where=config.where(f"storage.{config.driver}.{key}", key=True),
            )
