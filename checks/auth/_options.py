"""The options of the one access controller that a config names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry_preflight import Config, Finding, blocker

from .._serving import PANICS, SERVING, shown


def kind_of(config: Config) -> str:
    """The access controller's name as written; empty where there is none."""
    return next(iter(config.section("auth")), "")


def not_text(config: Config, kind: str, names: Iterable[str], example: str) -> Iterator[Finding]:
    """A blocker for the first of these options that is no text: the registry looks no further."""
    for name in names:
        path = f"auth.{kind}.{name}"
        value = config.get(path)
        if not isinstance(value, str):
            yield blocker(
                what=f"{path} is {shown(value)}, not text." if config.has(path) else f"{path} is not set.",
                why=PANICS,
                fix=f"Write {name}: {example}, in quotes if it looks like a number or a boolean.",
                where=path,
                breaks=SERVING,
            )
            return
