"""What a backend said, as lines of text: whatever a check caught, in a form that a report can show."""

from __future__ import annotations

from collections.abc import Iterable

MAX_LINES = 20
MAX_LENGTH = 2000
#: Characters that are kept until the secrets in them are masked; a secret that is cut in two would not be known again.
_KEPT = 10 * MAX_LENGTH


def as_evidence(said: object) -> tuple[str, ...]:
    """Turn an exception, a text or several of them into lines, bounded in number and, generously, in length."""
    if not said:
        return ()
    if isinstance(said, BaseException):
        # What Python and libraries raise needs its name to be understood; the project's own say all themselves.
        kind = "" if type(said).__module__.startswith("registry_preflight.") else f"{type(said).__name__}: "
        lines: Iterable[str] = (f"{kind}{said}",)
    elif isinstance(said, str):
        lines = said.splitlines()
    elif isinstance(said, bytes):
        lines = said.decode("utf-8", "replace").splitlines()
    elif isinstance(said, Iterable):
        lines = (line for part in said for line in as_evidence(part))
    else:
        lines = (str(said),)
    return tuple(line[:_KEPT] for line in lines)[:MAX_LINES]


def shortened(line: str) -> str:
    """A line that is no longer than a report can bear."""
    return line if len(line) <= MAX_LENGTH else line[:MAX_LENGTH] + "..."
