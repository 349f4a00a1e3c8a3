"""The images that are in the bucket already."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, EVERY_STAGE, GC, PULL, CannotTell, Finding, S3Storage, check, warning

from ._rights import BUCKET_EXISTS, refused
from ._store import at_amazon

_SHOWN = 3


@check(
    "s3.existing-images",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="reads",
    drivers=["s3"],
    stages=[PULL, DELETE, GC],
    proves=[PULL],
)
def existing_images(storage: S3Storage) -> Iterator[Finding]:
    """The images that are there can be read.

    Reading one's own objects proves little: some stores let the writer of an object read it without any right, and
    objects that another user wrote may be closed to this one. So a few links and blobs of images that are there are
    read, a glimpse of each.
    """
    survey = storage.survey
    survey.begin("images")
    images = survey.images
    denied = [one for one in images if one.error is not None and not one.error.missing]
    if denied:
        breaks = [stage for stage in EVERY_STAGE if any(stage in one.stages for one in denied)]
        kinds = " and ".join(dict.fromkeys(f"a {one.kind}" for one in denied))
        error = denied[0].error
        assert error is not None
        why = (
            "What the registry can't read it can't serve, nor delete, nor keep from garbage collection: it answers 500."
        )
        found = refused(storage, error, "GetObject", f"read {kinds} that is there", why, breaks)
        yield found._replace(evidence=(*found.evidence, *(one.key for one in denied[:_SHOWN])))
        return
    dangling = [one for one in images if one.error is not None]
    if dangling:
        yield warning(
            what=f"Links of the store name {'a blob that is' if len(dangling) == 1 else 'blobs that are'} not there.",
            why="The pull of such an image fails, and garbage collection of 2.x may stop at it.",
            fix="Push the image again, or delete the tag.",
            where=f"storage.{storage.config.driver}.rootdirectory",
            evidence=[one.key for one in dangling[:_SHOWN]],
        )
    if not images:
        _by_own(storage)


def _by_own(storage: S3Storage) -> None:
    """Where no image could be looked at, what this run wrote must do. Raises `CannotTell` where it does not."""
    if not storage.survey.looked and not storage.rehearsal.three:
        return  # the right to list is missing, and that decides
    if storage.options.read_only:
        raise CannotTell("there is no image in the bucket to read, and nothing may be written")
    if not storage.rehearsal.step("read blob").ok:
        raise CannotTell("there is no image in the bucket that could be read, and none could be written")
    if not storage.survey.looked and not at_amazon(storage.config):
        raise CannotTell(
            "without the right to list, images that are there can't be found; those that this run wrote can be read,"
            " which some stores allow to the writer alone"
        )
