"""The entries below `middleware.storage`, and how their options are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry_preflight import Config, Finding, NamedTuple, blocker

from .._serving import PANICS, SERVING, shown


class Entry(NamedTuple):
    """One entry: its name, its options and its path in the config."""

    name: str
    options: Mapping[str, object]
    path: str

    def where(self, option: str) -> str:
        """The path of an option."""
        return f"{self.path}.options.{option}"

    def refused(self, option: str, what: str, fix: str) -> Finding:
        """The blocker about an option."""
        return blocker(
            what=f"{self.where(option)} {what}.",
            why=f"{PANICS[:-1]} over the storage middleware {self.name}.",
            fix=fix,
            where=self.where(option),
            breaks=SERVING,
        )

    def needs_text(self, option: str, example: str) -> Iterator[Finding]:
        """A blocker where a required option is missing or no text."""
        if not isinstance(self.options.get(option), str):
            given = option in self.options
            what = f"is {shown(self.options[option])}, not text" if given else "is not set"
            yield self.refused(option, what, f"Write {option}: {example}.")


def entries(config: Config, place: str = "storage") -> Iterator[Entry]:
    """All entries of a place; `disabled` counts for nothing."""
    for number, given in enumerate(config.items(f"middleware.{place}")):
        fields = given if isinstance(given, dict) else {}
        options = fields.get("options")
        yield Entry(
            str(fields.get("name") or ""),
            options if isinstance(options, dict) else {},
            f"middleware.{place}[{number}]",
        )


def named(config: Config, name: str) -> Iterator[Entry]:
    """The storage middleware of one name."""
    return (entry for entry in entries(config) if entry.name == name)
