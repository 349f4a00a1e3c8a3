"""What a look over an existing store of the filesystem driver found."""

from __future__ import annotations

from typing import NamedTuple


class Survey(NamedTuple):
    """What an existing store looks like to the registry's user. `examples` holds up to five paths of each kind.

    `complete` is false where the store is larger than what may be looked at.
    """

    complete: bool
    counts: dict[str, int]
    examples: dict[str, list[str]]

    def count(self, kind: str) -> int:
        """How many of a kind were met; the kinds are those of `disk_survey.py`."""
        return self.counts.get(kind, 0)


class Images(NamedTuple):
    """How many of the tagged images that were looked at cannot be pulled, with up to five reasons.

    `empty` are those for a file of zero bytes, `kept` those that cannot be deleted either; `complete` as in `Survey`.
    """

    complete: bool
    images: int
    broken: int
    empty: int
    kept: int
    examples: list[str]
