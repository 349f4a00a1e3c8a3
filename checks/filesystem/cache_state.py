"""The timetable of a pull-through cache."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, blocker, check

from .._serving import PANICS, SERVING
from ._terms import WHERE

_NAME = "scheduler-state.json"
_LARGEST = 4 << 20


@check(
    "filesystem.cache-state",
    storage=FilesystemStorage,
    touches="reads",
    drivers=["filesystem"],
    when=("proxy",),
)
def cache_state(storage: FilesystemStorage) -> Iterator[Finding]:
    """A pull-through cache can read what it wrote down when it ran last.

    It keeps the times at which images expire in `scheduler-state.json`, in the root directory. A crash or a full disk leaves
    that file empty, and the registry panics over it: "unexpected end of JSON input" (2.8.2, seen).
    """
    path = posixpath.join(storage.root, _NAME)
    if not storage.config.get("proxy.remoteurl"):
        return
    try:
        text = storage.read(path, _LARGEST)
    except OSError:
        return  # it is not there, or what is in its way has a check of its own
    try:
        known = isinstance(json.loads(text), (dict, type(None)))
    except ValueError:
        known = len(text) >= _LARGEST  # read in part
    if not known:
        yield blocker(
            what=f"{posixpath.join(storage.absolute, _NAME)} is {'empty' if not text else 'no JSON object'}.",
            why=PANICS,
            fix="Remove that file. The images stay; those that are in the cache now will not expire by themselves.",
            where=WHERE,
            breaks=SERVING,
        )
