"""What lies in a container already: looked at once, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from registry_preflight.storage import probe_names
from registry_preflight.storage.steps import Steps
from registry_preflight.storage.swift_auth import SwiftRefusal

if TYPE_CHECKING:
    from registry_preflight.storage.swift import SwiftStorage

#: Objects that join segments are listed without their size; so many of those that a look takes in are asked for it.
_SAMPLES = 12
#: How the name of a segment holds that of a run: the driver writes the path of the upload in hexadecimal digits.
_OWN = probe_names.MARK.encode().hex()


class Stored(NamedTuple):
    """An object of the user: its name, and its size in bytes as the listing has it, 0 where it joins segments."""

    name: str
    size: int


class Survey:
    """The facts of one run. Each raises the `SwiftRefusal` or `NetworkTrouble` that stood in the way."""

    def __init__(self, storage: SwiftStorage) -> None:
        self._storage = storage
        work: dict[str, Callable[[], object]] = {
            "blobs": self._listed,
            "unjoined": self._look_for_unjoined,
        }
        self._steps = Steps(work, "swift survey")
        self._steps.begin(*work)

    @property
    def objects(self) -> tuple[Stored, ...]:
        """The first thousand objects below `blobs`, probes left out."""
        return cast("tuple[Stored, ...]", self._steps.result("blobs").value or ())

    @property
    def unjoined(self) -> tuple[str, ...]:
        """Blobs whose segments are gone, among those that were asked for their size."""
        return cast("tuple[str, ...]", self._steps.result("unjoined").value or ())

    def _listed(self) -> tuple[Stored, ...]:
        listed = self._storage.listing(f"{self._storage.path('blobs')}/")
        found = (Stored(str(one.get("name", "")), one["bytes"]) for one in listed if isinstance(one.get("bytes"), int))
        own = self._storage.rehearsal.blob
        return tuple(one for one in found if one.name != own)

    def _look_for_unjoined(self) -> tuple[str, ...]:
        names = [one.name for one in self.objects if one.size == 0 and one.name.endswith("/data")]
        asked = names[:: -(-len(names) // _SAMPLES) or 1]
        looks = Steps({name: partial(self._joins_nothing, name) for name in asked}, "swift blob")
        looks.begin(*asked)
        return tuple(name for name in asked if looks.result(name).value)

    def _joins_nothing(self, name: str) -> bool:
        try:
            said = self._storage.send("HEAD", name).headers
        except SwiftRefusal:  # a registry that runs may have removed it since it was listed
            return False
        joins = said.get("x-object-manifest", "")
        return bool(joins) and _OWN not in joins and said.get("content-length") == "0"
