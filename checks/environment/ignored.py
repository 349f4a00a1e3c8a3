"""`environment.ignored`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, UnknownKey, Where, check, every_driver_key, meant, warning

from ._names import is_service_link, joined, list_position, settings_at, similar

#: Where the config file is; the log calls it unknown all the same. Names that are not in capitals: `environment.case`.
_NO_SETTING = ("REGISTRY_CONFIGURATION_PATH",)


@check("environment.ignored", when=("$REGISTRY_*",))
def ignored(config: Config) -> Iterator[Finding]:
    """Every REGISTRY_ variable reaches a setting.

    The registry takes a variable's name apart at each underscore and looks for one level of its config after the
    other. Where the way ends, it goes on without the variable: with a warning in its log, or with none.
    Below a map that the file has written without fixed keys, such as maintenance.readonly, no variable can reach.
    """
    for override in config.overrides:
        if override.fate == "applied" or override.name in _NO_SETTING or override.name.upper() != override.name:
            continue
        if is_service_link(override.name, override.value) or list_position(override.name):
            continue
        if override.fate == "unknown":
            yield _unknown(config, override.name, override.path)
        elif override.fate == "unreachable":
            yield _unreachable(override.name, override.path)
        else:
            yield _below_a_value(config, override.name, override.path)


def _below_a_value(config: Config, name: str, path: str) -> Finding:
    """REGISTRY_STORAGE_S3_REGION_ENDPOINT where the file has a region: region and endpoint were meant as one word."""
    parent, _, key = path.rpartition(".")
    rest = name.split("_")[len(path.split(".")) + 1 :]
    word = "_".join((key, *rest)).lower()
    guess = UnknownKey(f"{parent}.{word}", word, Where(variable=name), config.parameters.names)
    near = meant(config, guess) if parent == f"storage.{config.driver}" else ""
    return warning(
        what=f"{name} leads below {path}, which is no map.",
        why="The registry ignores the variable and does not say so.",
        fix=f"Use {joined(near or path)} instead.",
        where=Where(path=path, variable=name),
    )


def _unknown(config: Config, name: str, path: str) -> Finding:
    near = similar(config, name, path) or _below_storage(config, name)
    place = f"below {path}" if path else "at the top level"
    known = ", ".join(sorted(settings_at(config, path).values()))
    return warning(
        what=f"{name} names no setting of {config.release.name} {place}.",
        why="The registry logs that it does not know the variable and goes on without it.",
        fix=f"Write {near}, if that is meant." if near else f"Unset it, or use one of the settings {place}: {known}.",
        where=Where(path=path, variable=name),
    )


def _below_storage(config: Config, name: str) -> str:
    """A name whose STORAGE was left out."""
    rest = name.removeprefix("REGISTRY_")
    first = rest.partition("_")[0].lower()
    known = first in config.release.strings("reserved_storage_keys") or first in every_driver_key()
    return f"REGISTRY_STORAGE_{rest}" if known else ""


def _unreachable(name: str, path: str) -> Finding:
    rest = name.split("_")[len(path.split(".")) + 1 :]
    inner = rest[-1].lower() if rest else "key"
    return warning(
        what=f"{name} does not reach below {path}, which the file has written.",
        why="The registry logs a warning and ignores the variable: it does not change such a map of the file.",
        fix=f"Set {joined(path)}='{{{inner}: ...}}' with all keys of the map, or change the file.",
        where=Where(path=path, variable=name),
    )
