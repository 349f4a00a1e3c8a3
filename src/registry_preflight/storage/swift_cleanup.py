"""What interrupted runs left in a container or an account, found by its names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from registry_preflight.storage import probe_names
from registry_preflight.storage.swift_auth import SwiftRefusal

if TYPE_CHECKING:
    from registry_preflight.storage.swift import SwiftStorage

#: Pages of a listing that are read: more than any number of runs leaves.
_MOST_PAGES = 20
_LAYOUT = "/docker/registry/v2/repositories/"


def leftovers(storage: SwiftStorage) -> list[str]:
    """`container/name` of each object, then each container, of other runs than this one."""
    return [f"{container}/{name}" if name else container for container, name in _found(storage)]


def clean_up(storage: SwiftStorage) -> list[str]:
    """Remove them; what stayed, with the reason."""
    stayed = []
    for container, name in _found(storage):
        try:
            storage.gone(lambda: storage.ask("DELETE", storage.url(name, container=container)), name)  # noqa: B023  # called at once
        except storage.Unremoved as reason:
            stayed.append(f"{container}/{name}: {reason}".replace("/: ", ": "))
    return stayed


def _found(storage: SwiftStorage) -> list[tuple[str, str]]:
    found = [(storage.container, name) for name in _objects(storage)] if storage.head.ok else []
    for container in _containers(storage):
        found += [(container, str(one["name"])) for one in _page(storage, container)]
        found.append((container, ""))
    return found


def _objects(storage: SwiftStorage) -> list[str]:
    """Segments first: a manifest without them is small, and by its name the run is known again."""
    files = _all(storage, f"{storage.path('repositories')}/{probe_names.MARK}")
    start = (_LAYOUT + probe_names.MARK).encode().hex()
    parts = _all(storage, f"{storage.prefix}/segments/{start[:3]}/{start[3:]}".strip("/"))
    runs = {run for name in files if (run := _run_of_file(storage, name))}
    runs |= {run for name in parts if (run := _run_of_segment(storage, name))}
    own = probe_names.run_of(storage.repository)
    blobs = [storage.path(*probe_names.object_blob(run, "copy")) for run in sorted(runs - {own})]
    there = [blob for blob in blobs if _exists(storage, blob)]
    return (
        there
        + [name for name in parts if _run_of_segment(storage, name) not in ("", own)]
        + [name for name in files if _run_of_file(storage, name) not in ("", own)]
    )


def _run_of_file(storage: SwiftStorage, name: str) -> str:
    return probe_names.run_of(name.removeprefix(f"{storage.path('repositories')}/").partition("/")[0])


def _run_of_segment(storage: SwiftStorage, name: str) -> str:
    """A segment's name holds the path of its upload, in hexadecimal digits with a slash after the third."""
    digits = name.removeprefix(f"{storage.prefix}/segments/".lstrip("/")).replace("/", "", 1).partition("/")[0]
    try:
        path = bytes.fromhex(digits).decode("utf-8", "replace")
    except ValueError:
        return ""
    return probe_names.run_of(path.removeprefix(_LAYOUT).partition("/")[0])


def _exists(storage: SwiftStorage, name: str) -> bool:
    try:
        storage.send("HEAD", name)
    except SwiftRefusal as refused:
        if refused.status != 404:
            raise
        return False
    return True


def _all(storage: SwiftStorage, prefix: str) -> list[str]:
    names: list[str] = []
    for _ in range(_MOST_PAGES):
        page = storage.listing(prefix, after=names[-1] if names else "")
        names += [str(one["name"]) for one in page if "name" in one]
        if not page:
            break
    return names


def _containers(storage: SwiftStorage) -> list[str]:
    """Those that stood in for a container that did not exist; only the account's owner can look for them."""
    if not storage.account.ok:
        return []
    from registry_preflight.storage.swift import json_list

    url = f"{storage.session.storage_url}?format=json&prefix={quote(probe_names.MARK)}"
    names = [str(one.get("name", "")) for one in json_list(storage.ask("GET", url))]
    return [name for name in names if probe_names.run_of(name) and name != storage.repository]


def _page(storage: SwiftStorage, container: str) -> list[dict[str, object]]:
    from registry_preflight.storage.swift import json_list

    return json_list(storage.ask("GET", storage.url(query=[("format", "json")], container=container)))
