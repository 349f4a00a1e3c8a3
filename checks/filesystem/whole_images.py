"""Whether all that the stored images need is there."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PULL, CannotTell, FilesystemStorage, Finding, blocker, check, warning

from ._terms import ROOT, WHERE, shown


@check(
    "filesystem.whole-images",
    storage=FilesystemStorage,
    needs=[ROOT],
    touches="reads",
    drivers=["filesystem"],
    stages=[PULL, DELETE],
)
def whole_images(storage: FilesystemStorage) -> Iterator[Finding]:
    """Whatever the images that are there consist of is there as well.

    A tag names a manifest, that names layers, and each has a link in the repository and a blob in the store. After a
    backup that took one half alone, a copy that was cut short or a collection that ran during a push, some of that is
    missing: the pull answers 404 or 500, or the layer comes back changed. An image without its manifest can't be deleted
    either (2.8.2, seen). Pushing it again mends it.

    Of a large store the first 500 tags are looked at, for no longer than two seconds.
    """
    if storage.config.has("proxy.remoteurl"):
        return  # a pull-through cache fetches what is missing
    if _headless(storage):
        yield warning(
            what=f"There are blobs in {storage.absolute}, and no repository.",
            why="No image can be pulled, and the next garbage collection deletes all of these blobs.",
            fix="Restore docker/registry/v2/repositories from the same backup before anything else.",
            where=WHERE,
            breaks=[PULL, DELETE],
            evidence=shown(storage.survey.examples["blob"], storage.survey.count("blob")),
        )
        return
    found = storage.images
    everything = found.complete and found.broken == found.images
    half = 2 * found.broken >= found.images
    # Files of zero bytes have a check of their own; here they count where they decide a stage.
    if not found.broken or (found.broken == found.empty and not half):
        return
    tell = blocker if everything else warning
    yield tell(
        what=f"{found.broken} of the {found.images} images that were looked at in {storage.absolute} are not whole.",
        why="Their pulls fail"
        + (f", and {found.kept} of them can't be deleted by their digests." if found.kept else "."),
        fix="Restore repositories and blobs from one backup, both halves, or push these images again.",
        where=WHERE,
        breaks=[PULL, *([DELETE] if found.kept == found.broken else [])] if everything else [],
        evidence=shown(found.examples, found.broken),
    )
    if half and not everything:
        raise CannotTell(f"some images of the store are whole and others are not: {found.examples[0]}")


def _headless(storage: FilesystemStorage) -> bool:
    """Whether only the blobs of a store are there."""
    survey = storage.survey
    return survey.count("blob") > 0 and not any(
        survey.count(kind) for kind in ("repository", "manifests", "unlistable")
    )
