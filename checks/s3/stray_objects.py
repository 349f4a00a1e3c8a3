"""Objects that the registry did not write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from registry_preflight import GC, Finding, S3Storage, blocker, check, warning

from .._stray import nameless
from ._rights import BUCKET_EXISTS
from ._store import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 3


@check("s3.stray-objects", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"], stages=[GC])
def stray_objects(storage: S3Storage) -> Iterator[Finding]:
    """Nothing lies among the registry's objects that stops it.

    Garbage collection walks through all blobs and all manifests, and ends at the first that makes no sense: a `data`
    whose directory is no digest, a link without content, as a copy that broke off leaves it. Consoles and copying
    tools make empty objects whose name ends with a slash; the catalog of some releases fails at them. The first thousand
    objects on each side of the store are looked at.
    """
    survey = storage.survey
    survey.begin("repositories", "blobs")
    objects = survey.objects
    strange = nameless(one.key for one in objects)
    if strange:
        yield _stops(storage, "no blob that a digest names", strange)
    empty = [
        one.key
        for one in objects
        if one.size == 0 and "/_manifests/revisions/" in one.key and one.key.endswith("/link")
    ]
    if empty:
        yield _stops(storage, "a manifest's link without content", empty)
    marks = [one.key for one in objects if one.key.endswith("/")]
    if marks:
        yield warning(
            what=f"{len(marks)} object{'s' if len(marks) > 1 else ''} in {storage.bucket} stand{'' if len(marks) > 1 else 's'} for directories: {marks[0]}.",
            why="The registry takes them for files with an empty name: the catalog and lists of tags can fail with invalid path.",
            fix="Delete these objects, and have the tool that made them make none.",
            where=path_of(storage.config, "rootdirectory"),
            evidence=marks[:_SHOWN],
        )


def _stops(storage: S3Storage, what: str, keys: Sequence[str]) -> Finding:
    return blocker(
        what=f"{storage.bucket} holds {what}: {keys[0]}.",
        why="Garbage collection ends there with an error and removes nothing.",
        fix="Move the object out of the way.",
        where=path_of(storage.config, "rootdirectory"),
        breaks=[GC],
        evidence=keys[:_SHOWN],
    )
