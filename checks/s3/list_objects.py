"""The right to list, for each prefix that the registry lists."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, EVERY_STAGE, GC, PULL, PUSH, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, refused, tried


@check(
    "s3.list-objects",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="reads",
    drivers=["s3"],
    stages=[PUSH, PULL, DELETE, GC],
    proves=[DELETE, GC],
)
def list_objects(storage: S3Storage) -> Iterator[Finding]:
    """The credentials may list every prefix that the registry lists.

    The registry has no directories to look into: it lists prefixes to see whether something is there, to remove an
    upload, to find tags, and to walk through the store. Policies often allow s3:ListBucket for some prefixes only (the
    condition s3:prefix), or forget that it is asked for on the bucket and not on `bucket/*`. Up to 2.8 the size of each
    object comes from a list, so without the right nothing can be pulled; 3.x asks by HEAD first, and its pulls work.
    With health.storagedriver the root directory itself is listed, and a refusal takes the whole registry out of service.
    """
    names = storage.rehearsal.listings
    storage.rehearsal.begin(*(f"list {name}" for name in names))
    denied = [(asked, step) for name, asked in names.items() if (step := tried(storage, f"list {name}")).error]
    if not denied:
        return
    breaks = [stage for stage in EVERY_STAGE if any(stage in asked.stages for asked, _ in denied)]
    prefixes = "everything" if len(denied) == len(names) else ", ".join(f"'{asked.prefix}'" for asked, _ in denied[:3])
    error = denied[0][1].error
    assert error is not None
    why = "What the registry may not list it does not see: sizes, uploads to remove, tags, and what to collect."
    if "top" in names and storage.rehearsal.step("list top").error:
        why = "The registry's own health check lists there, and where it may not, every request is answered with 503."
    yield refused(storage, error, "ListObjects", f"list {prefixes}", why, breaks)
