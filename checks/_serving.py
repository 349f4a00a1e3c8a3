"""What fails with the start, and how such findings are worded."""

from __future__ import annotations

from registry_preflight import DELETE, PULL, PUSH, START

#: Broken by a setting that only `serve` looks at; `garbage-collect` builds the storage driver and the log, no more.
SERVING = (START, PUSH, PULL, DELETE)
PANICS = "The registry panics at start."
ENDS = "The registry ends at start with an error."


def shown(value: object) -> str:
    """A value as an operator would write it."""
    if value is None:
        return "a blank"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value)
    return "a map" if isinstance(value, dict) else "a list" if isinstance(value, list) else str(value)
