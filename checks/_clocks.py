"""Offsets between clocks, and what they mean."""

from __future__ import annotations

#: Cloud storage refuses signed requests that are further off than this, in seconds.
LIMIT = 900.0
#: The smallest offset that may be a time zone, and how far from one it may lie, in seconds.
_SMALLEST_ZONE = 1800.0
_NEAR = 60.0


def zone(offset: float) -> str:
    """Words for an offset in seconds that looks like a time zone taken for UTC; empty for any other."""
    quarters = round(abs(offset) / 900)
    if abs(offset) < _SMALLEST_ZONE - _NEAR or quarters > 56 or abs(abs(offset) - quarters * 900) > _NEAR:
        return ""
    return f", which is a time zone's {quarters / 4:g} h: local time was set as UTC, or the reverse"
