"""What the user may use of the disk."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, blocker, check

from ._terms import ROOT, WHERE, size


@check("filesystem.quota", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def quota(storage: FilesystemStorage) -> Iterator[Finding]:
    """The user's quota leaves the free space that was asked for.

    Seen where the kernel counts by user on a local disk. Quotas of a project show in the free space itself; those that
    a file server keeps for itself show only when they are used up, or in the rehearsal (filesystem.room-for-image).
    """
    found = storage.quota()
    if found is None:
        return
    limit, used, _, _ = found
    left = max(0, limit - used)
    if limit and left < storage.options.min_free:
        yield blocker(
            what=f"The quota of {storage.user} leaves {size(left)} of {size(limit)}.",
            why="Pushes fail with `disk quota exceeded` when that is used up, whatever df shows.",
            fix="Raise the quota (setquota), or ask for less with --min-free.",
            where=WHERE,
            evidence=f"limit {limit} bytes, used {used}",
        )
