"""The effective config as a list: each setting, its value and where it came from, secrets masked."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight.config.effective import Config
from registry_preflight.config.gotypes import GoList, GoMap, Source, Variable
from registry_preflight.config.tables import Data, at, load, spans
from registry_preflight.lean import cast
from registry_preflight.result import EffectiveValue, Origin

_DEFAULT = Origin("default")


def effective_values(config: Config, *, defaults: bool = False) -> tuple[EffectiveValue, ...]:
    """Everything that the file and the environment give, and the defaults of the driver's parameters.

    With `defaults`, also the defaults of every other setting that the release reads.
    """
    if config.reading.values is None:
        return ()
    values = list(_given(config, "", config.reading.values, None))
    known = {value.path for value in values}
    values.extend(value for value in _driver_defaults(config) if value.path not in known)
    if defaults:
        values.extend(value for value in _other_defaults(config) if value.path not in known)
    return tuple(values)


def _origin(source: Source | None) -> Origin:
    if source is None:
        return _DEFAULT
    if isinstance(source, Variable):
        return Origin("environment", name=source.name)
    return Origin("file", line=source.line, column=source.column)


def _given(config: Config, path: str, value: object, source: Source | None) -> Iterator[EffectiveValue]:
    if isinstance(value, GoMap) and (value or source is None):
        for key, item in value.items():
            below = value.sources.get(key)
            if below is not None or (isinstance(item, GoMap) and item.sources):
                yield from _given(
                    config, f"{path}.{_name(key)}" if path else _name(key), item, below[1] if below else None
                )
    elif isinstance(value, GoList) and value:
        for at_, item in enumerate(value):
            yield from _given(config, f"{path}[{at_}]", item, value.sources[at_])
    elif source is not None:
        yield _value(config, path, value, _origin(source))


def _name(key: str) -> str:
    return key.removeprefix("\x00")


def _value(config: Config, path: str, value: object, origin: Origin) -> EffectiveValue:
    plain = {} if isinstance(value, GoMap) else [] if isinstance(value, GoList) else value
    shown = str(plain) if isinstance(plain, dict | list) else config.secrets.masked_value(path, plain)
    return EffectiveValue(path, cast("str | int | float | bool | None", shown), origin, _note(config, path, value))


def _note(config: Config, path: str, value: object) -> str:
    """What the driver makes of a value that it does not take as it stands."""
    prefix = f"storage.{config.driver}."
    name = path.removeprefix(prefix) if config.driver and path.startswith(prefix) else ""
    entry = config.parameters.entries.get(name)
    if entry is None or not config.driver_known:
        return ""
    if not spans(entry, config.release.version):
        return "not read by this release"
    parameter = config.parameter(name)
    if parameter.wanted:
        return f"refused: it takes {parameter.wanted}"
    if parameter.value != value and not entry.get("secret") and isinstance(parameter.value, str | int | bool):
        return f"read as {parameter.value!r}"
    return ""


def _driver_defaults(config: Config) -> Iterator[EffectiveValue]:
    if not config.driver_known:
        return
    for parameter in config.parameters:
        if not parameter.given and parameter.value is not None and parameter.value != "":
            yield EffectiveValue(parameter.path, cast("str | int | bool", parameter.value), _DEFAULT)


def _other_defaults(config: Config) -> Iterator[EffectiveValue]:
    version = config.release.version
    for path, raw in load("sections").items():
        entry = cast("Data", raw)
        default = at(entry.get("default"), version)
        if default is not None and spans(entry, version) and "[]" not in path and "*" not in path:
            yield EffectiveValue(path, cast("str", default), _DEFAULT)
