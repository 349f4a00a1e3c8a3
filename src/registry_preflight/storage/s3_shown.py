"""Whether ListObjectsV2 shows what was written, as each release relies on it (2.7, 2.8.2 and 3.1 by source and trial)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_preflight.check import DELETE, GC, PUSH, Stage
from registry_preflight.storage.steps import Blocked

if TYPE_CHECKING:
    from registry_preflight.storage.s3 import S3Storage
    from registry_preflight.storage.s3_rehearsal import Rehearsal


def blind_stages(storage: S3Storage, rehearsal: Rehearsal) -> tuple[Stage, ...]:
    """The stages that end at lists without what lies there. Raises `S3Refusal`, and `Blocked` without the marker.

    2.7 and later walk by such a list, and 3.x removes by one too.
    """
    if not rehearsal.step("marker").ok:
        raise Blocked("marker")
    if rehearsal.traceless or storage.config.release.before("2.7"):
        return ()
    above = rehearsal.listings["repositories"]
    found = above.ask()
    seen = any(key.startswith(above.prefix) for key in (*(one.key for one in found.objects), *found.prefixes))
    blind: tuple[Stage, ...] = () if seen else (DELETE, GC) if rehearsal.three else (GC,)
    if rehearsal.three and rehearsal.marker not in (one.key for one in storage.list_v2(rehearsal.marker).objects):
        return (PUSH, *blind)
    return blind
