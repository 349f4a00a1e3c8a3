"""Who reads a key: which releases do, and what was meant by one that this release does not read."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight.config.effective import Config, UnknownKey
from registry_preflight.config.gotypes import GoList, GoMap, GoType, Source, Variable
from registry_preflight.config.parameters import driver_in_release, driver_table, every_driver_key, parameter_entries
from registry_preflight.config.structure import configuration_type
from registry_preflight.config.tables import VERSIONS, Data, load, releases_where, spans, worked_out
from registry_preflight.lean import NamedTuple, cast, lru_cache
from registry_preflight.pattern import Pattern
from registry_preflight.words import nearest

_POSITION = Pattern(r"\[[0-9]+\]")
_BESIDE = ("delete", "cache", "redirect", "maintenance", "tag")


class Given(NamedTuple):
    """A setting that the file or the environment gives, as decoded.

    `written` is the text as it stands in the file, without quotes; `None` where an environment variable gave it.
    `variable` is that variable, empty otherwise. A list or a map that is empty counts as a value.
    """

    path: str
    value: object
    written: str | None
    variable: str


@lru_cache(maxsize=1)
def given_values(config: Config) -> tuple[Given, ...]:
    """Every value that is given, wherever it stands."""
    found: list[Given] = []
    _collect("", config.reading.values, None, found)
    return tuple(found)


def _collect(path: str, value: object, source: Source | None, into: list[Given]) -> None:
    if isinstance(value, GoMap) and (value.sources or source is None):
        sources = value.sources
        for key, item in value.items():
            known = sources.get(key)
            if known is not None:
                _collect(f"{path}.{key}" if path else key, item, known[1], into)
            elif isinstance(item, GoMap) and item.sources:
                _collect(f"{path}.{key}" if path else key, item, None, into)
    elif isinstance(value, GoList) and value:
        for at, item in enumerate(value):
            _collect(f"{path}[{at}]", item, value.sources[at], into)
    elif isinstance(source, Variable):
        into.append(Given(path, value, None, source.name))
    elif source is not None:
        into.append(Given(path, value, source.resolved().value, ""))


@lru_cache(maxsize=1)
def unread_keys(config: Config) -> tuple[UnknownKey, ...]:
    """Every key that the release does not read, in typed sections, the driver's, and maps that are read by hand."""
    return (*config.unknown_keys(), *_unread_options(config))


def _unread_options(config: Config) -> Iterator[UnknownKey]:
    values = config.reading.values
    if values is None:
        return
    storage = values["storage"]
    for name in storage if isinstance(storage, GoMap) else ():
        if name in _BESIDE:
            yield from _unread_below(config, f"storage.{name}", f"storage.{name}", storage[name])  # type: ignore[index]
    auth = values.get("auth")
    for kind in auth if isinstance(auth, GoMap) else ():
        yield from _unread_below(config, f"auth.{kind}", f"auth.{kind}", auth[kind])  # type: ignore[index]
    middleware = values.get("middleware")
    if isinstance(middleware, GoMap) and isinstance(items := middleware.get("storage"), GoList):
        for at, item in enumerate(items):
            if isinstance(item, GoMap):
                yield from _unread_below(
                    config, f"middleware.storage[{at}].options", f"middleware.storage.{item['name']}", item["options"]
                )


def _unread_below(config: Config, path: str, table: str, value: object) -> Iterator[UnknownKey]:
    known = _options(config.release.version).get(table, ())
    if not known or not isinstance(value, GoMap):
        return
    for key, item in value.items():
        if key not in known:
            yield UnknownKey(f"{path}.{key}", key, config.where(f"{path}.{key}", key=True), known)
        elif isinstance(item, GoMap):
            yield from _unread_below(config, f"{path}.{key}", f"{table}.{key}", item)


@worked_out(VERSIONS)
def _options(version: str) -> dict[str, tuple[str, ...]]:
    """The keys that a release reads in each map without a fixed type."""
    found: dict[str, tuple[str, ...]] = {}
    for path, entry in load("options").items():
        if spans(cast("Data", entry), version):
            parent, _, name = path.rpartition(".")
            found[parent] = (*found.get(parent, ()), name)
    return found


def releases_reading(config: Config, path: str) -> tuple[str, ...]:
    """The names of the releases that read the key at a dotted path of this config; empty where none does."""
    parts = path.split(".")
    if parts[0] == "storage" and len(parts) > 2 and (table := driver_table(parts[1])):
        return _releases_of_parameter(table, parts[1], ".".join(parts[2:]))
    if parts[0] == "middleware" and len(parts) > 3 and parts[2] == "options":
        parts[1:3] = ["storage", str(config.get(f"middleware.{parts[1]}.name", ""))]
    named = ".".join(parts)
    if entry := load("options").get(named):
        return releases_where(cast("Data", entry))
    # What is left below these is free for anything, so that no release reads a key of it.
    return (
        () if parts[0] in ("storage", "auth") and len(parts) > 1 else _releases_of_setting(_POSITION.sub("[]", named))
    )


def _releases_of_parameter(table: Data, driver: str, name: str) -> tuple[str, ...]:
    entries = parameter_entries(table)
    entry = entries.get(name, entries.get(name.lower()))
    if entry is None or (name not in entries and not table.get("case_insensitive")):
        return ()
    return tuple(
        f"registry-{version}"
        for version in VERSIONS
        if driver_in_release(table, driver, version) and spans(entry, version)
    )


@lru_cache(maxsize=1024)
def _releases_of_setting(path: str) -> tuple[str, ...]:
    return tuple(
        name for name in (f"registry-{version}" for version in VERSIONS) if _reads(configuration_type(name), path)
    )


def _reads(type: GoType, path: str) -> bool:
    for part in path.split("."):
        name, bracket, _ = part.partition("[")
        if type.kind == "struct" and name in type.fields:
            type = type.fields[name].type
        elif type.kind == "map" and type.element is not None:
            type = type.element
        else:
            return False
        if bracket and type.kind == "list" and type.element is not None:
            type = type.element
    return True


def meant(config: Config, unknown: UnknownKey) -> str:
    """The dotted path of the setting that an unread key was probably meant for; empty where nothing comes to mind."""
    parent, _, _ = unknown.path.rpartition(".")
    known = (
        tuple(name for name in unknown.known if not config.has(f"{parent}.{name}" if parent else name)) or unknown.known
    )
    prefix = f"{parent}." if parent else ""
    if parent == f"storage.{config.driver}" and (name := _misspelt(config, unknown.key)):
        return prefix + name
    if near := nearest(unknown.key, known):
        return prefix + near
    return _elsewhere(config, unknown, parent)


def _misspelt(config: Config, key: str) -> str:
    """The parameter whose table lists the key among the spellings that people have tried."""
    plain = key.lower().replace("_", "").replace("-", "")
    for name in config.parameters.names:
        for wrong in _tried(config.parameters.entries[name]):
            if wrong == key or str(wrong).lower().replace("_", "") == plain:
                return name
    return ""


def _tried(entry: Data) -> list[object]:
    """The spellings that a table lists for a setting."""
    tried = entry.get("misspelt", [])
    return tried if isinstance(tried, list) else []


def _elsewhere(config: Config, unknown: UnknownKey, parent: str) -> str:
    """A key that is right, but stands at the wrong level, as a slip of the indentation or another tool's file has it."""
    key = unknown.key
    if parent != "storage" and (
        key in config.release.strings("reserved_storage_keys") or (not parent and key in every_driver_key())
    ):
        return f"storage.{key}"
    version = config.release.version
    places = [
        path
        for table in ("sections", "options")
        for path, entry in load(table).items()
        if (path.endswith(f".{key}") or key.lower() in _tried(cast("Data", entry)))
        and "[" not in path
        and "*" not in path
        and spans(cast("Data", entry), version)
    ]
    near = [path for path in places if path.split(".")[0] == (parent or key).split(".")[0]] or places
    return near[0].replace(".options.", ".") if len(near) == 1 else ""
