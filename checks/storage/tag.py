"""`storage.tag`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check

from .._serving import PANICS, SERVING, shown

_PATH = "storage.tag.concurrencylimit"
_LARGEST = (1 << 63) - 1


@check("storage.tag", when=("storage.tag",), releases=["registry-3.0", "registry-3.1"], stages=(START,))
def tag(config: Config) -> Iterator[Finding]:
    """The limit for concurrent tag lookups is a whole number, zero or more.

    From 3.0 on `storage.tag.concurrencylimit` bounds how many tags are looked up at once; 0 stands for the number of
    processors. It must be a number in YAML: text, a null or a number with a fraction stop the registry. Up to 2.8 the
    section is not known, and `tag` counts as a second storage driver.
    """
    if not config.has(_PATH):
        return
    limit = config.get(_PATH)
    if isinstance(limit, int) and not isinstance(limit, bool) and 0 <= limit <= _LARGEST:
        return
    yield blocker(
        what=f"{_PATH} is {shown(limit)}, not a whole number of zero or more.",
        why=PANICS,
        fix="Write a number without quotes, or leave the setting out.",
        where=_PATH,
        breaks=SERVING,
    )
