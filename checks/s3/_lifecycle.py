"""Lifecycle rules, as far as they can touch a registry's objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Rule(Protocol):
    """A rule, or the rules, as the store's XML has them."""

    def get(self, path: str) -> str:
        """The text at a path."""

    def each(self, name: str) -> Iterator[Rule]:
        """The elements of a name."""


def active(rules: Rule) -> list[Rule]:
    """The rules that are switched on."""
    return [rule for rule in rules.each("Rule") if rule.get("Status") == "Enabled"]


def prefix_of(rule: Rule) -> str:
    """What the keys of a rule begin with; empty for all keys."""
    return rule.get("Filter/Prefix") or rule.get("Filter/And/Prefix") or rule.get("Prefix")


def tagged(rule: Rule) -> bool:
    """Whether the rule is for tagged objects alone; the registry sets no tags."""
    return bool(rule.get("Filter/Tag/Key") or rule.get("Filter/And/Tag/Key"))


def touches(rule: Rule, place: str) -> bool:
    """Whether a rule takes in some of the keys below `place`."""
    prefix = prefix_of(rule)
    return not tagged(rule) and (prefix.startswith(f"{place}/") or f"{place}/".startswith(prefix))


def covers(rule: Rule, place: str) -> bool:
    """Whether a rule takes in all keys below `place`, whatever their size."""
    sized = rule.get("Filter/ObjectSizeGreaterThan") or rule.get("Filter/And/ObjectSizeGreaterThan")
    return not tagged(rule) and not sized and f"{place}/".startswith(prefix_of(rule))
