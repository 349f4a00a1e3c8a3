"""How a refusal of a store is told."""

from __future__ import annotations

from registry_preflight import S3Refusal


def refusal_told(who: str, refusal: S3Refusal, doing: str, place: str) -> str:
    """A sentence on who was refused what, where, and in which words; `doing` completes `may not` or `can't`."""
    can = "may not" if refusal.denied else "can't"
    told = f": {refusal.message}" if refusal.message else ""
    return f"{who} {can} {doing} in {place}: {refusal.short}{told.rstrip('.')}."
