"""The project's own tables, as far as random configs are made from them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from .spellings import BY_PATH, BY_TYPE

RELEASE = "2.8"
#: Bugsnag would start a second process that watches the first, and report to a host on the network.
_LEFT_ALONE = ("reporting.bugsnag", "version")


class Setting(NamedTuple):
    """A key: where it stands, raw values that should be right, wrong spellings, and whether a driver needs it."""

    path: str
    right: tuple[str, ...]
    misspelt: tuple[str, ...] = ()
    required: bool = False

    @property
    def key(self) -> str:
        """The last piece of the path."""
        return self.path.rpartition(".")[2]


class Tables(NamedTuple):
    """Parameters by driver, the other sections, the pieces of variables that differ from the key, and regions too new."""

    drivers: Mapping[str, tuple[Setting, ...]]
    sections: tuple[Setting, ...]
    pieces: Mapping[str, str]
    newer_regions: frozenset[str]


@cache
def read_tables() -> Tables:
    """Read them once."""
    config = files("registry_preflight.config")
    sections = tomllib.loads(config.joinpath("sections.toml").read_text("utf-8"))
    releases = tomllib.loads(config.joinpath("releases.toml").read_text("utf-8"))
    drivers = [
        tomllib.loads(entry.read_text("utf-8")) for entry in sorted(config.joinpath("drivers").iterdir(), key=str)
    ]
    return Tables(
        {str(table["name"]): _parameters(table) for table in drivers},
        tuple(_setting(path, path, row) for path, row in sections.items() if not path.startswith(_LEFT_ALONE)),
        {path: str(row["env"]) for path, row in sections.items() if "env" in row},
        _newer_regions(releases),
    )


def _parameters(table: Mapping[str, Any]) -> tuple[Setting, ...]:
    family, rows = table["name"], table["parameters"]
    return tuple(_setting(f"storage.{family}.{name}", f"{family}.{name}", row) for name, row in rows.items())


def _setting(path: str, known_as: str, row: Mapping[str, Any]) -> Setting:
    right = BY_PATH.get(known_as) or _values(row) + _numbers(row) + BY_TYPE.get(str(_now(row.get("type", "text"))), ())
    required = _now(row.get("required", False)) is True
    return Setting(path, right or BY_TYPE["any"], tuple(row.get("misspelt", ())), required)


def _values(row: Mapping[str, Any]) -> tuple[str, ...]:
    values = _now(row.get("values", ()))
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


def _numbers(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The bounds, and one beyond each."""
    bounds = [(_now(row.get("minimum")), -1), (_now(row.get("maximum")), 1)]
    return tuple(
        str(number) for bound, beyond in bounds if isinstance(bound, int) for number in (bound, bound + beyond)
    )


def _now(value: Any) -> Any:
    """What holds for this release, where a table gives several."""
    if not isinstance(value, dict):
        return value
    before = [release for release in sorted(value) if release <= RELEASE]
    return value[before[-1]] if before else None


def _newer_regions(releases: Mapping[str, Any]) -> frozenset[str]:
    lists = releases.get("lists", {}).get("aws-regions", {})
    known = {release: set(regions) for release, regions in lists.items()} if isinstance(lists, dict) else {}
    return frozenset(set().union(*known.values()) - set(_now(lists) or ())) if known else frozenset()
