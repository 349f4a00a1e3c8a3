"""Truth with a third value: what can't be known is carried along with the reason, and never guessed."""

from __future__ import annotations

from collections.abc import Iterable


class Unknown:
    """Neither true nor false; `reasons` name what it depends on, each once, in the order in which they were met."""

    __slots__ = ("reasons",)

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and self.reasons == other.reasons

    def __hash__(self) -> int:
        return hash(self.reasons)

    def __repr__(self) -> str:
        return f"Unknown{self.reasons!r}"

    def __bool__(self) -> bool:
        raise TypeError("what is unknown is neither true nor false; compare with `is True` or `is False`")


Truth = bool | Unknown

MOST_REASONS = 8


def joined(*parts: Unknown) -> Unknown:
    """One unknown for several: their reasons without repeats, the first few of them."""
    reasons = dict.fromkeys(reason for part in parts for reason in part.reasons)
    return Unknown(*list(reasons)[:MOST_REASONS])


def negated(truth: Truth) -> Truth:
    """The opposite; of what is unknown it is as unknown."""
    return truth if isinstance(truth, Unknown) else not truth


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all hold: one that does not decides, whatever the unknown ones are."""
    return _unless(False, truths)


def some(truths: Iterable[Truth]) -> Truth:
    """Whether one holds: it decides, whatever the unknown ones are."""
    return _unless(True, truths)


def _unless(decisive: bool, truths: Iterable[Truth]) -> Truth:
    unknown: list[Unknown] = []
    for truth in truths:
        if truth is decisive:
            return decisive
        if isinstance(truth, Unknown):
            unknown.append(truth)
    return joined(*unknown) if unknown else not decisive
