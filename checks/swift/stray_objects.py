"""`swift.stray-objects`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry_preflight import GC, Finding, SwiftRefusal, SwiftStorage, blocker, check

from .._stray import nameless
from ._terms import CONTAINER, WHERE

_SHOWN = 3


@check("swift.stray-objects", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"], stages=(GC,))
def stray_objects(storage: SwiftStorage) -> Iterator[Finding]:
    """Nothing lies among the registry's objects that stops it.

    Garbage collection walks through all blobs, and ends at the first that makes no sense. A layer is an
    object that joins segments; where those were deleted it is empty, and the driver waits for them for 15 seconds: `Timeout
    expired while waiting for segments to show up` (distribution issues 1013, 2188 and 3016). A `data` whose directory is no
    digest ends it as well (2.8.2, both seen). The first thousand blobs are listed, and some of
    the layers among them are asked for their size.
    """
    if not storage.head.ok:
        return
    survey = storage.survey
    try:
        blobs, unjoined = survey.objects, survey.unjoined
    except SwiftRefusal:  # swift.list-objects tells
        return
    if unjoined:
        yield _stops(
            storage,
            f"layers whose segments are gone: {unjoined[0]}",
            "Delete these objects and push their images again; delete nothing below segments/ by hand.",
            unjoined,
        )
    if strange := nameless(one.name for one in blobs):
        yield _stops(
            storage,
            f"an object called data outside of the directory of a digest: {strange[0]}",
            "Move the object out of the way.",
            strange,
        )


def _stops(storage: SwiftStorage, what: str, fix: str, names: Sequence[str]) -> Finding:
    return blocker(
        what=f"{storage.container} holds {what}.",
        why="Garbage collection ends there with an error and removes nothing; an image that needs it can't be pulled.",
        fix=fix,
        where=WHERE,
        breaks=(GC,),
        evidence=names[:_SHOWN],
    )
