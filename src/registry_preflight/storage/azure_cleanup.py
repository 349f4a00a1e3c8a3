"""What interrupted runs left in a container or beside it, found by name, and its removal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from registry_preflight.storage import probe_names
from registry_preflight.storage.azure_answers import AzureRefusal

if TYPE_CHECKING:
    from registry_preflight.storage.azure import AzureStorage

#: What a run may leave among the blobs.
PURPOSES = ("copy",)
_MOST_PAGES = 50


class Left(NamedTuple):
    """A blob of the container, or a whole container that a run made."""

    name: str
    container: bool = False

    def __str__(self) -> str:
        return f"container {self.name}" if self.container else self.name


def leftovers(storage: AzureStorage) -> list[Left]:
    """What earlier runs left; what a run is known by comes last."""
    prefix = f"{storage.place('repositories')}/{probe_names.MARK}"
    names = [name for name in _names(storage, prefix) if _run(storage, name)]
    blobs = []
    for run in sorted({_run(storage, name) for name in names}):
        for purpose in PURPOSES:
            blob = storage.place(*probe_names.object_blob(run, purpose))
            blobs += [one.name for one in storage.list(blob, 1).blobs if one.name == blob]
    ordered = sorted(names, key=lambda name: name.endswith("/startedat"))
    return [*(Left(name) for name in (*blobs, *ordered)), *_containers(storage)]


def clean_up(storage: AzureStorage) -> list[str]:
    """Remove what earlier runs left; what stayed, with the reason."""
    stayed = []
    for left in leftovers(storage):
        try:
            if left.container:
                storage.wire.send("DELETE", left.name, "", [("restype", "container")])
            else:
                storage.remove_now([left.name])
        except AzureRefusal as refusal:
            stayed.append(f"{left}: {refusal}")
    return stayed


def _names(storage: AzureStorage, prefix: str) -> list[str]:
    names: list[str] = []
    marker = ""
    for _ in range(_MOST_PAGES):
        try:
            page = storage.list(prefix, marker=marker)
        except AzureRefusal as refusal:
            if refusal.code == "ContainerNotFound":
                return []
            raise
        names += [blob.name for blob in page.blobs]
        marker = page.marker
        if not marker:
            break
    return names


def _containers(storage: AzureStorage) -> list[Left]:
    """Containers that runs of 2.x made where the config's own did not exist."""
    if not storage.old:
        return []
    from registry_preflight.storage.s3_answers import NotXml, parsed

    answer = storage.wire.send("GET", "", "", [("comp", "list"), ("prefix", probe_names.MARK)])
    try:
        root = parsed(answer.body)
    except NotXml:
        return []
    found = [one.get("Name") for group in root.each("Containers") for one in group.each("Container")]
    return [Left(name, True) for name in found if probe_names.run_of(name) and name != storage.repository]


def _run(storage: AzureStorage, name: str) -> str:
    """The run that a name belongs to; empty for this run and for what is none of ours."""
    own = name.removeprefix(f"{storage.place('repositories')}/").partition("/")[0]
    return "" if own == storage.repository else probe_names.run_of(own)
