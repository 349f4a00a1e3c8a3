"""The checks that a config sets up below `health`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, NamedTuple

_LISTS = (("file", "file"), ("http", "uri"), ("tcp", "addr"))


class Checker(NamedTuple):
    """One of them: the name under which it is registered, its interval in nanoseconds, and its path in the config."""

    name: str
    interval: int
    path: str


def checkers(config: Config) -> Iterator[Checker]:
    """All that the registry would register, in its order."""
    health = config.section("health")
    storage = health.get("storagedriver")
    if isinstance(storage, dict) and storage.get("enabled") is True:
        yield Checker(f"storagedriver_{config.driver}", _number(storage.get("interval")), "health.storagedriver")
    for kind, key in _LISTS:
        given = health.get(kind)
        for number, entry in enumerate(given if isinstance(given, list) else ()):
            fields = entry if isinstance(entry, dict) else {}
            name = str(fields.get(key) or "")
            yield Checker(name, _number(fields.get("interval")), f"health.{kind}[{number}]")


def _number(interval: object) -> int:
    return interval if isinstance(interval, int) else 0
