"""The storage driver's parameters as a release reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry_preflight.config.coerce import NotAccepted, coerce, is_base64
from registry_preflight.config.gotypes import GoMap
from registry_preflight.config.tables import (
    VERSIONS,
    Data,
    Release,
    at,
    driver_names,
    listing,
    load,
    release,
    spans,
    worked_out,
)
from registry_preflight.lean import NamedTuple, cache, cached_property, cast


class Parameter(NamedTuple):
    """A parameter of the storage driver as the release reads it.

    `given`: it stands in the config (perhaps as null). `value` is what the driver works with: the default if it was not
    given, `None` if it was refused. `wanted` says what the driver takes, where it refused the value.
    """

    name: str
    path: str
    given: bool
    raw: object
    value: object
    wanted: str
    entry: Data

    @property
    def text(self) -> str:
        """The value as text; empty where there is none."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def secret(self) -> bool:
        """Whether the value must not be shown."""
        return bool(self.entry.get("secret"))


class Parameters:
    """A driver's section under one release."""

    def __init__(self, driver: str, given: GoMap | None, to: Release) -> None:
        self.driver = driver
        self.given = given
        self.table = driver_table(driver)
        self._release = to
        self._version = to.version
        self._read: dict[str, Parameter] = {}

    @property
    def known(self) -> bool:
        """Whether this release has the driver."""
        if self.table is None or str(self.table["name"]) in self._release.strings("drivers_left_out"):
            return False
        return driver_in_release(self.table, self.driver, self._version)

    @property
    def folds_case(self) -> bool:
        """Whether the driver takes its keys in any mixture of upper and lower case."""
        return bool(self.table and at(self.table.get("case_insensitive", False), self._version))

    @cached_property
    def entries(self) -> dict[str, Data]:
        """The parameters of the driver's table by name, of all releases."""
        return parameter_entries(self.table)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The parameters that this release reads, in the order of the table."""
        return _names(str(self.table["name"]), self._version) if self.table else ()

    def __iter__(self) -> Iterator[Parameter]:
        return (self[name] for name in self.names)

    def __getitem__(self, name: str) -> Parameter:
        """A parameter by its name in the table (`credentials.type` for one of a nested map), also one that this release ignores.

        Raises `KeyError` for a name that the table does not have.
        """
        if name not in self._read:
            self._read[name] = self._parameter(name, self.entries[name])
        return self._read[name]

    def reads(self, name: str) -> bool:
        """Whether the driver of this release reads a parameter of this name."""
        return name in self.names

    def allowed(self, name: str) -> tuple[str, ...]:
        """The words that a parameter is confined to; empty where it is not."""
        return allowed_values(self.entries[name], self._version)

    def _parameter(self, name: str, entry: Data) -> Parameter:
        given, raw, spelling = self.raw(name)
        path = f"storage.{self.driver}.{spelling}"
        if not given:
            absent = at(entry.get("absent", entry.get("default")), self._version)
            return Parameter(name, path, False, None, absent, "", entry)
        try:
            return Parameter(name, path, True, raw, self._coerced(entry, raw), "", entry)
        except NotAccepted as refused:
            return Parameter(name, path, True, raw, None, refused.wanted, entry)

    def _coerced(self, entry: Data, raw: object) -> object:
        value = coerce(entry, raw, self._version)
        if at(entry.get("type"), self._version) == "strict-base64" and self._holds(
            str(at(entry.get("only_if", ""), self._version) or "")
        ):
            is_base64(str(value or ""))
        allowed = allowed_values(entry, self._version)
        unless = entry.get("list_unless")
        if (
            not allowed
            or raw is None
            or (value == "" and entry.get("required"))
            or (unless and self[str(unless)].value not in ("", None))
        ):
            return value
        sensitive = entry.get("case_sensitive", True)
        text = str(value) if sensitive else str(value).upper()
        if text not in (allowed if sensitive else [word.upper() for word in allowed]):
            raise NotAccepted(f"one of {', '.join(allowed)}")
        return value

    def raw(self, name: str) -> tuple[bool, object, str]:
        """Whether a parameter is given, its decoded value, and its keys as they are spelt."""
        value: object = self.given
        spelt: list[str] = []
        parts = name.split(".")
        for part in parts:
            key = self._key(value, part)
            if key is None or not isinstance(value, GoMap):
                return False, None, ".".join([*spelt, *parts[len(spelt) :]])
            spelt.append(key)
            value = value[key]
        return True, value, ".".join(spelt)

    def _key(self, value: object, part: str) -> str | None:
        if not isinstance(value, GoMap):
            return None
        if part in value or not self.folds_case:
            return part if part in value else None
        return next((key for key in value if key.lower() == part), None)

    def _holds(self, condition: str) -> bool:
        """Whether `name=value` is true of the config; no condition always is."""
        name, equals, value = condition.partition("=")
        return not equals or self[name].text == value

    def refused(self) -> list[Parameter]:
        """The parameters whose value the driver does not take."""
        given: Mapping[str, object] = self.given or {}
        stated = (name for name in self.names if self.folds_case or name.partition(".")[0] in given)
        return [parameter for name in stated if (parameter := self[name]).wanted and not self._hidden(parameter)]

    def _hidden(self, parameter: Parameter) -> bool:
        other = parameter.entry.get("ignored_if")
        return bool(other) and self.raw(str(other))[0]

    def missing(self) -> list[tuple[Parameter, str]]:
        """The parameters that the driver can't do without and does not have, with the condition that makes it so."""
        required = (self[name] for name in self.names if "required" in self.entries[name])
        return [
            (parameter, because)
            for parameter in required
            if not parameter.wanted
            and (not parameter.given or parameter.value in ("", None))
            and (because := self._need(parameter)) is not None
        ]

    def _need(self, parameter: Parameter) -> str | None:
        """Why a parameter must be given: a text to append, `None` where it need not be."""
        required = at(parameter.entry.get("required", False), self._version)
        if isinstance(required, bool):
            return "" if required else None
        kind, _, rest = str(required).partition(":")
        if kind == "unless":
            return f" (which only {rest} would make up for)" if self[rest].value in ("", None) else None
        name, _, value = rest.partition("=")
        return f", which {name} {value} needs" if self[name].text == value else None

    def releases_that_refuse(self, parameter: Parameter) -> tuple[str, ...]:
        """The names of the releases whose driver refuses the parameter's value."""
        return tuple(
            f"registry-{version}"
            for version in VERSIONS
            if self.table is not None
            and driver_in_release(self.table, self.driver, version)
            and spans(parameter.entry, version)
            and (other := Parameters(self.driver, self.given, release(f"registry-{version}"))[parameter.name]).wanted
            and other.given
        )


@cache
def _names(table: str, version: str) -> tuple[str, ...]:
    return tuple(name for name, entry in parameter_entries(load(f"drivers/{table}")).items() if spans(entry, version))


def driver_table(name: str) -> Data | None:
    """The table of a driver by its key in the config or an alias of it."""
    known = _by_key().get(name)
    return load(f"drivers/{known}") if known else None


@worked_out()
def _by_key() -> dict[str, str]:
    """Every key that names a driver, aliases included, to the name of its table."""
    return {key: name for name in driver_names() for key in driver_keys(load(f"drivers/{name}"))}


def every_driver_key() -> tuple[str, ...]:
    """Every word that names a driver in some release."""
    return tuple(_by_key())


def driver_keys(table: Data) -> tuple[str, ...]:
    """The keys that name the driver of a table: its own name and its aliases."""
    return (str(table["name"]), *(str(alias["name"]) for alias in cast("list[Data]", table.get("aliases", []))))


def driver_in_release(table: Data, name: str, version: str) -> bool:
    """Whether a release has the driver under this name."""
    alias = next((alias for alias in cast("list[Data]", table.get("aliases", [])) if alias["name"] == name), {})
    return spans(table, version) and spans(alias, version)


def releases_with_driver(name: str) -> tuple[str, ...]:
    """The names of the releases that have a driver under this name."""
    table = driver_table(name)
    return tuple(
        f"registry-{version}" for version in VERSIONS if table is not None and driver_in_release(table, name, version)
    )


def parameter_entries(table: Data | None) -> dict[str, Data]:
    """The parameters of a driver's table, by name."""
    return cast("dict[str, Data]", table.get("parameters", {})) if table else {}


def allowed_values(entry: Data, version: str) -> tuple[str, ...]:
    """The words that a parameter is confined to in a release; empty where it is not."""
    if entry.get("values_are") == "hint":
        return ()
    if "list" in entry:
        return listing(str(entry["list"]), version)
    values = at(entry.get("values"), version)
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
