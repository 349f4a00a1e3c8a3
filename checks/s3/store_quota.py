"""The quota that a store tells of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from registry_preflight import PUSH, Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS
from ._store import at_amazon, path_of

_LIMITS = ("x-rgw-quota-bucket-size", "x-rgw-quota-user-size")
_USED = "x-rgw-bytes-used"
_GIB = 1 << 30
_OBJECT_LIMITS = ("x-rgw-quota-bucket-objects", "x-rgw-quota-user-objects")
_OBJECTS = "x-rgw-object-count"
#: Objects that an image of one layer leaves: data and link of layer and configuration, the manifest, its link, and two of its tag.
_IMAGE = 8


@check("s3.store-quota", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"], stages=(PUSH,))
def store_quota(storage: S3Storage) -> Iterator[Finding]:
    """The quota leaves the free space that was asked for.

    Ceph tells the owner of a bucket of its quotas, in the headers of a HEAD on the bucket; other stores tell nobody,
    and Amazon has none. What is left is compared with `--min-free`: a rule for a registry that shall live for a while,
    and no fact about the next push, which s3.room-for-image tries. Fewer objects left than an image has are one: a
    user's quota is counted late, and lets a few probes pass (2.8.2 with a real gateway).
    """
    if at_amazon(storage.config):
        return
    step = storage.survey.step("head")
    if not step.ok:
        return
    told = cast("dict[str, str]", getattr(step.value, "headers", {}))
    objects, bytes_ = _left(told, _OBJECT_LIMITS, _OBJECTS), _left(told, _LIMITS, _USED)
    if objects is not None and objects[0] < _IMAGE:
        yield blocker(
            what=f"The quota leaves {max(objects[0], 0)} objects in {storage.bucket}, of {objects[1]}.",
            why=f"An image of a single layer is {_IMAGE} objects: its push is refused (QuotaExceeded).",
            fix="Raise the quota of objects, or remove what is not needed.",
            where=path_of(storage.config, "bucket"),
            breaks=(PUSH,),
            evidence=[f"{name}: {told[name]}" for name in (*_OBJECT_LIMITS, _OBJECTS) if name in told],
        )
    if bytes_ is not None and bytes_[0] < storage.options.min_free:
        left, limit = bytes_
        yield blocker(
            what=f"The quota leaves {max(left, 0) / _GIB:.1f} GiB in {storage.bucket}, of {limit / _GIB:.1f} GiB.",
            why=f"That is less than the {storage.options.min_free / _GIB:.1f} GiB asked for with --min-free; pushes fail once it is used up.",
            fix="Raise the quota, remove what is not needed, or ask for less with --min-free.",
            where=path_of(storage.config, "bucket"),
            evidence=[f"{name}: {told[name]}" for name in (*_LIMITS, _USED) if name in told],
        )


def _left(told: dict[str, str], limits: tuple[str, ...], used: str) -> tuple[int, int] | None:
    """What the lowest of some limits leaves, and that limit; None where the store tells of none."""
    given = [int(told[name]) for name in limits if told.get(name, "").isdigit()]
    return (min(given) - int(told[used]), min(given)) if given and told.get(used, "").isdigit() else None
