"""Words that were probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from registry_preflight.lean import lru_cache


def distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out, changed or swapped with their neighbour to make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, among: Iterable[str]) -> str:
    """The one of `among` that `word` is most probably a misspelling of; empty where none is close."""
    return _nearest(word, tuple(sorted(among)))


@lru_cache(maxsize=512)
def _nearest(word: str, among: tuple[str, ...]) -> str:
    """Configs of a kind share their mistakes, and a gate may have thousands of them."""
    plain = _plain(word)
    best, closest = "", 99
    for candidate in among:
        if plain == (other := _plain(candidate)):
            return candidate
        if abs(len(plain) - len(other)) > 2:
            continue
        away = distance(plain, other)
        if away < closest:
            best, closest = candidate, away
    allowed = 1 if len(plain) < 6 else 2
    return best if closest <= allowed else ""


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")
