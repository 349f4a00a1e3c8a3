"""`environment.replaced`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Node, Where, check, note, warning

from .._tree import below, pairs

_SHOWN = 6


@check("environment.replaced", when=("$REGISTRY_*",))
def replaced(config: Config) -> Iterator[Finding]:
    """No variable drops settings of the file that were meant to stay.

    A variable for a whole section replaces it, with everything that the file has there: REGISTRY_STORAGE=s3 drops the
    file's driver, but delete, cache, maintenance and redirect as well. Variables with longer names are laid over what
    is left.
    """
    root = config.reading.root
    if not config.overrides or root is None:
        return
    for override in config.overrides:
        if override.fate != "applied" or "[" in override.path:
            continue
        path = override.path.removeprefix("storage").lstrip(".") if config.form == "content" else override.path
        lost = [
            f"{override.path}.{name}"
            for name in _names_in_file(root, path)
            if not config.has(f"{override.path}.{name}")
        ]
        if not lost:
            continue
        # Another driver in the place of the file's is what the variable is for.
        drivers = [
            name
            for name in lost
            if override.path == "storage" and name.split(".")[1] not in config.release.strings("reserved_storage_keys")
        ]
        harmless = {
            *(name for name in drivers if name.split(".")[1] != config.driver),
            *(name for name in lost if name.startswith("storage.cache.")),
        }
        shown = [name for name in lost if name not in harmless] or lost
        more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        yield (note if len(harmless) == len(lost) else warning)(
            what=f"{override.name} replaces all of {override.path} in the file: {', '.join(shown[:_SHOWN])}{more}.",
            why="The registry drops the section of the file, and does not say so.",
            fix=f"Set what is still wanted by variables of its own, or leave {override.name} out and change the file.",
            where=Where(path=override.path, variable=override.name),
        )


def _names_in_file(root: Node, path: str) -> list[str]:
    """The paths, below a section of the file, of the settings that stand in it, down to the second level."""
    return list(_leaves(below(root, *path.split(".")) if path else root, 2))


def _leaves(node: Node | None, depth: int) -> Iterator[str]:
    for key, value in pairs(node):
        inner = list(_leaves(value, depth - 1)) if depth > 1 else []
        yield from (f"{key}.{name}" for name in inner) if inner else (key,)
