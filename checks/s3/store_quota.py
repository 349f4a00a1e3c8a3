"""The quota that a store tells of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from registry_preflight import Finding, S3Storage, blocker, check

from ._rights import BUCKET_EXISTS
from ._store import at_amazon, path_of

_LIMITS = ("x-rgw-quota-bucket-size", "x-rgw-quota-user-size")
_USED = "x-rgw-bytes-used"
_GIB = 1 << 30


@check("s3.store-quota", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def store_quota(storage: S3Storage) -> Iterator[Finding]:
    """The quota leaves the free space that was asked for.

    Ceph tells the owner of a bucket of its quotas, in the headers of a HEAD on the bucket; other stores tell nobody,
    and Amazon has none. What is left is compared with `--min-free`: a rule for a registry that shall live for a while,
    and no fact about the next push, which s3.room-for-image tries.
    """
    if at_amazon(storage.config):
        return
    step = storage.survey.step("head")
    if not step.ok:
        return
    told = cast("dict[str, str]", getattr(step.value, "headers", {}))
    limits = [int(told[name]) for name in _LIMITS if told.get(name, "").isdigit()]
    if not limits or not told.get(_USED, "").isdigit():
        return
    left = min(limits) - int(told[_USED])
    if left < storage.options.min_free:
        yield blocker(
            what=f"The quota leaves {max(left, 0) / _GIB:.1f} GiB in {storage.bucket}, of {min(limits) / _GIB:.1f} GiB.",
            why=f"That is less than the {storage.options.min_free / _GIB:.1f} GiB asked for with --min-free; pushes fail once it is used up.",
            fix="Raise the quota, remove what is not needed, or ask for less with --min-free.",
            where=path_of(storage.config, "bucket"),
            evidence=[f"{name}: {told[name]}" for name in (*_LIMITS, _USED) if name in told],
        )
