"""The maps below `storage.maintenance`, which count only in the shape that the YAML library gives them."""

from __future__ import annotations

from registry_preflight import Config, Finding, blocker

from .._serving import PANICS, SERVING, shown


def is_plain_map(config: Config, path: str) -> bool:
    """Whether the map was read as a whole; one that variables build level by level has another type."""
    return config.section(path).type.kind == "untyped"


def misshapen(config: Config, path: str, example: str) -> Finding:
    """The blocker about something else than such a map; `example` is what to write."""
    name = path.rpartition(".")[2]
    if isinstance(config.get(path), dict):
        variable = f"REGISTRY_STORAGE_MAINTENANCE_{name.upper()}"
        return blocker(
            what=f"A variable sets a key of {path}, and the file has no such map.",
            why=f"{PANICS[:-1]}: a map that variables build there has a type that it does not take.",
            fix=f"Set the whole map in one variable: {variable}='{example}'.",
            where=path,
            breaks=SERVING,
        )
    return blocker(
        what=f"{path} is {shown(config.get(path))}, not a map of settings.",
        why=PANICS,
        fix=f"Write {name}: {example}, or leave {name} out.",
        where=path,
        breaks=SERVING,
    )
