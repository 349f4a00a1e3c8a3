"""What a backend said, as lines of text: whatever a check caught, in a form that a report can show."""

from __future__ import annotations

from collections.abc import Iterable

MAX_LINES = 20
MAX_LENGTH = 2000


def as_evidence(said: object) -> tuple[str, ...]:
    """Turn an exception, a text or several of them into lines, bounded in number and length."""
    if not said:
        return ()
    if isinstance(said, BaseException):
        lines: Iterable[str] = (f"{type(said).__name__}: {said}",)
    elif isinstance(said, str):
        lines = said.splitlines()
    elif isinstance(said, Iterable):
        lines = (line for part in said for line in as_evidence(part))
    else:
        lines = (str(said),)
    return tuple(line if len(line) <= MAX_LENGTH else line[:MAX_LENGTH] + "..." for line in lines)[:MAX_LINES]
