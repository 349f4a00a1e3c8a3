"""A registry elsewhere in the bucket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from registry_preflight import DELETE, GC, PULL, Finding, S3Storage, check, warning

from ._rights import BUCKET_EXISTS
from ._store import path_of


@check("s3.other-root", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def other_root(storage: S3Storage) -> Iterator[Finding]:
    """The images of the bucket lie below the root directory.

    The registry sees nothing outside `rootdirectory`: with another one than before, it is an empty registry, and
    garbage collection ends with "Path not found". In a bucket where nothing lies below the root directory, the check
    looks for a registry at its top and one directory further down.
    """
    survey = storage.survey
    if not survey.looked or survey.images:
        return
    found = survey.step("elsewhere")
    elsewhere = cast("list[str]", found.value) if found.ok else []
    if not elsewhere:
        return
    here = f"'{storage.root}'" if storage.root else "the top of the bucket"
    there = " and ".join(f"'{root}'" if root else "the top of the bucket" for root in elsewhere[:3])
    yield warning(
        what=f"{storage.bucket} has a registry's images below {there}, and none below {here}.",
        why="With this root directory the registry is an empty one: what is in the bucket can't be pulled, deleted or collected.",
        fix=f"Set rootdirectory: {elsewhere[0] or '/'} if these images are meant; leave it if this is to be a second registry.",
        where=path_of(storage.config, "rootdirectory"),
        breaks=[PULL, DELETE, GC],
        evidence=[f"{root}/docker/registry/v2" if root else "docker/registry/v2" for root in elsewhere[:3]],
    )
