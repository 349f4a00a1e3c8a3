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

    Garbage collection walks through all blobs and all manifests (3.x through all layers, too), and ends at the first
    that makes no sense: a `data` whose directory is no digest, a link without content, as a copy that broke off leaves
    it, or with a line end behind the digest, as an editor does. A tag whose link is such can't be pulled, and in its
    repository no manifest can be deleted. The first thousand objects on each side of the store are looked at.

    Consoles and copying tools make empty objects whose name ends with a slash, and some stores list their empty
    directories so. The catalog of some releases fails at them. Among the repositories they end the whole registry with
    2.7 and 2.8 (2.8.2, seen): its purge of old uploads, which begins up to an hour after each start and is on unless
    `storage.maintenance.uploadpurging` has `enabled: false`, panics at the first of them.
    """
    survey = storage.survey
    survey.begin("repositories", "blobs", "unlinked")
    objects = survey.objects
    strange = nameless(one.key for one in objects)
    if strange:
        yield _stops(storage, "no blob that a digest names", strange)
    unlinked = survey.unlinked
    if stopping := [one for one in unlinked if one.collected]:
        yield _stops(storage, f"{stopping[0].kind} that names no digest", [one.key for one in stopping])
    if tags := [one.key for one in unlinked if one.kind == "tag"]:
        yield warning(
            what=f"A tag in {storage.bucket} names no digest: {tags[0]}.",
            why="It can't be pulled, and the DELETE of any manifest of its repository is answered with 500.",
            fix="Delete the object, or push the tag again.",
            where=path_of(storage.config, "rootdirectory"),
            evidence=tags[:_SHOWN],
        )
    marks = [one.key for one in objects if one.key.endswith("/")]
    if marks:
        yield _marks(storage, marks)


def _marks(storage: S3Storage, marks: Sequence[str]) -> Finding:
    """The objects that stand for directories; those at which the purge of uploads panics come first."""
    repositories = f"{storage.place('repositories')}/"
    deadly = [key for key in marks if key.startswith(repositories) and _walked(key)] if _purges(storage) else []
    first = [*deadly, *(key for key in marks if key not in deadly)]
    several = len(marks) > 1
    why = "The registry takes them for files with an empty name: the catalog and lists of tags can fail with invalid path."
    fix = "Delete these objects, and have the tool that made them make none."
    if deadly:
        why = (
            "The registry starts, and within an hour its purge of old uploads panics at such a name (index out of range):"
            " the process ends, and does so again after each restart. The catalog can fail with invalid path, too."
        )
        fix += " Until then set storage.maintenance.uploadpurging: {enabled: false}; from 3.0 on this is mended."
    return (blocker if deadly else warning)(
        what=f"{len(marks)} object{'s' if several else ''} in {storage.bucket} stand{'' if several else 's'} for directories: {first[0]}.",
        why=why,
        fix=fix,
        where=path_of(storage.config, "rootdirectory"),
        evidence=first[:_SHOWN],
    )


def _walked(key: str) -> bool:
    """Whether the purge gets there: it leaves out `_layers` and `_manifests`."""
    return not any(step.startswith("_") and step != "_uploads" for step in key.split("/"))


def _purges(storage: S3Storage) -> bool:
    """Whether the release panics at them, and gets to it."""
    release = storage.config.release
    off = storage.config.get("storage.maintenance.uploadpurging.enabled") is False
    return release.at_least("2.7") and release.major < 3 and not off


def _stops(storage: S3Storage, what: str, keys: Sequence[str]) -> Finding:
    return blocker(
        what=f"{storage.bucket} holds {what}: {keys[0]}.",
        why="Garbage collection ends there with an error and removes nothing.",
        fix="Move the object out of the way.",
        where=path_of(storage.config, "rootdirectory"),
        breaks=[GC],
        evidence=keys[:_SHOWN],
    )
