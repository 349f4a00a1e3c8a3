"""The tables: releases, drivers and sections of the configuration, each fact written down once, as TOML beside this file.

A wheel carries them compiled to one module, since parsing TOML would cost more than the rest of a run.
"""

from __future__ import annotations

import marshal
import os

from registry_preflight.lean import TYPE_CHECKING, NamedTuple, cache, cast, import_module, lru_cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import ParamSpec, TypeVar

    _P = ParamSpec("_P")
    _T = TypeVar("_T")

Data = dict[str, "object"]

VERSIONS = ("2.5", "2.7", "2.8", "3.0", "3.1")
DEFAULT_TARGET = "registry-2.8"
_FOLDER = os.path.dirname(__file__)


@cache
def order(version: str) -> tuple[int, ...]:
    """A version as numbers that compare."""
    return tuple(int(part) for part in version.split("."))


def at(value: object, version: str) -> object:
    """What a fact is in a release: the value itself, or of a table by release the latest entry up to `version`."""
    if type(value) is not dict or not value or not all(key[:1].isdigit() for key in value):
        return value
    known = [key for key in value if order(key) <= order(version)]
    return value[max(known, key=order)] if known else None


def spans(entry: Data, version: str) -> bool:
    """Whether an entry's `since` and `until` take the release in; `until = "none"` is in no release."""
    until = str(entry.get("until", VERSIONS[-1]))
    return until != "none" and order(str(entry.get("since", VERSIONS[0]))) <= order(version) <= order(until)


class _Compiled(NamedTuple):
    """What a wheel has instead of TOML: each table, and each thing that was worked out from them, by name."""

    tables: dict[str, bytes]
    worked_out: dict[tuple[str, ...], bytes]


@cache
def _compiled() -> _Compiled | None:
    """`None` in an editable install."""
    try:
        module = import_module("registry_preflight.config._compiled")
    except ImportError:
        return None
    return _Compiled(module.TABLES, module.WORKED_OUT)


_WORKED_OUT: dict[str, tuple[Callable[..., object], tuple[tuple[str, ...], ...]]] = {}


def worked_out(*over: Iterable[str]) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """A decorator for what follows from the tables alone: it is worked out once, and for a wheel while that is built.

    With `over`, the function has one argument, and those are its values. What it returns must be made of tuples, lists,
    dicts, sets and plain values, and nobody may change it.
    """
    calls = tuple((each,) for each in over[0]) if over else ((),)

    def keep(make: Callable[_P, _T]) -> Callable[_P, _T]:
        name = f"{make.__module__}.{make.__qualname__}"
        _WORKED_OUT[name] = (make, calls)

        @cache
        def get(*arguments: str) -> object:
            if (compiled := _compiled()) is not None and (ready := compiled.worked_out.get((name, *arguments))):
                return marshal.loads(ready)
            return cast("Callable[..., object]", make)(*arguments)

        return cast("Callable[_P, _T]", get)

    return keep


def compiled_source() -> str:
    """The tables, and all that the loaded modules work out from them, as a module's text."""
    names = sorted(
        os.path.relpath(f"{folder}/{file}", _FOLDER).removesuffix(".toml")
        for folder, _, files in os.walk(_FOLDER)
        for file in files
        if file.endswith(".toml")
    )
    packed = {name: marshal.dumps(load(name)) for name in names}
    ready = {
        (name, *arguments): marshal.dumps(cast("str", make(*arguments)))
        for name, (make, calls) in _WORKED_OUT.items()
        for arguments in calls
    }
    return f'"""The tables beside this file; made by setup.py."""\n\nTABLES = {packed!r}\nWORKED_OUT = {ready!r}\n'


@cache
def load(name: str) -> Data:
    """A table by the name of its file: `releases`, `sections`, `drivers/s3`.

    Raises `KeyError` for a name that there is no table of.
    """
    if (compiled := _compiled()) is not None:
        return cast("Data", marshal.loads(compiled.tables[name]))
    import tomllib

    try:
        with open(os.path.join(_FOLDER, *f"{name}.toml".split("/")), "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise KeyError(name) from None


@lru_cache(maxsize=1)
def driver_names() -> tuple[str, ...]:
    """The drivers that there is a table of, sorted."""
    if (compiled := _compiled()) is not None:
        return tuple(sorted(name.removeprefix("drivers/") for name in compiled.tables if name.startswith("drivers/")))
    folder = os.path.join(_FOLDER, "drivers")
    return tuple(sorted(name.removesuffix(".toml") for name in os.listdir(folder) if name.endswith(".toml")))


class Release(NamedTuple):
    """A registry release that a config can be foretold for."""

    name: str
    version: str
    facts: Data

    @property
    def major(self) -> int:
        return order(self.version)[0]

    def before(self, version: str) -> bool:
        """Whether this release came before `version`."""
        return order(self.version) < order(version)

    def at_least(self, version: str) -> bool:
        """Whether this release is `version` or a later one."""
        return not self.before(version)

    def fact(self, name: str) -> object:
        """A quirk of this release, by its name in releases.toml; `None` where the table is silent."""
        return self.facts.get(name)

    def strings(self, name: str) -> tuple[str, ...]:
        """A quirk that is a list of words."""
        value = self.facts.get(name)
        return tuple(str(item) for item in value) if isinstance(value, list) else ()


@cache
def release(target: str) -> Release:
    """The release that a target names, by its own name or by an alias.

    Raises `KeyError` for an unknown target.
    """
    table = load("releases")
    targets = cast("dict[str, Data]", table["targets"])
    name = str(cast("Data", table["aliases"]).get(target, target))
    return Release(name, str(targets[name]["version"]), cast("Data", targets[name]["quirks"]))


def targets() -> tuple[str, ...]:
    """Every name that `--for` takes."""
    table = load("releases")
    return (*cast("Data", table["targets"]), *(alias for alias in cast("Data", table["aliases"]) if alias != "default"))


@cache
def listing(name: str, version: str) -> tuple[str, ...]:
    """A named list, such as the regions that a release knows."""
    lists = cast("dict[str, object]", load("releases")["lists"])
    value = at(lists[name], version)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def releases_where(entry: Data) -> tuple[str, ...]:
    """The names of the releases that an entry's `since` and `until` take in."""
    return tuple(f"registry-{version}" for version in VERSIONS if spans(entry, version))
