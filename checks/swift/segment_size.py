"""`swift.segment-size`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, CannotTell, Finding, SwiftStorage, blocker, check, warning

from ._terms import CONTAINER, LAYER


@check(
    "swift.segment-size", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"], stages=(PUSH,)
)
def segment_size(storage: SwiftStorage) -> Iterator[Finding]:
    """The cluster takes segments of `chunksize`.

    A segment is an object, and `max_file_size` of the cluster's /info limits it. Smaller layers are pushed all the same; a
    layer above the limit fails with `Too Large Object` (2.8.2, seen). Where /info is closed a segment is sent and removed;
    with --read-only it stays unknown.
    """
    chunk = storage.config.parameter("chunksize").value
    if not isinstance(chunk, int):
        return
    limit = storage.info.limit("max_file_size")
    if limit is None:
        yield from _by_trying(storage, chunk)
    elif limit < min(chunk, LAYER):
        yield _too_large(
            storage, chunk, f"the cluster takes no object above {limit}", f"to {limit // (1 << 20) << 20} at most"
        )
    elif limit < chunk:
        yield warning(
            what=f"Segments of {chunk} bytes are larger than what the cluster takes, {limit} bytes.",
            why="Layers above that limit can't be pushed.",
            fix=f"Set storage.swift.chunksize to {limit // (1 << 20) << 20} at most.",
            where="storage.swift.chunksize",
        )


def _by_trying(storage: SwiftStorage, chunk: int) -> Iterator[Finding]:
    if storage.options.read_only:
        raise CannotTell(
            "the cluster does not say what it takes as one object, and only sending a segment would show it"
        )
    step = storage.rehearsal.step("large segment")
    if step.blocked:
        raise CannotTell("the cluster does not say what it takes as one object, and no segment could be sent")
    refusal = step.refusal
    if refusal is None or refusal.status != 413 or not storage.rehearsal.step("segment 1").ok:
        return
    if "quota" in refusal.said.lower():
        yield blocker(
            what=f"A segment of {min(chunk, LAYER)} bytes does not fit into a quota: {refusal.said[:80]}.",
            why="The registry starts, and pushes of larger layers fail with 500: Too Large Object.",
            fix="Raise the quota of the container or of its owner, or free some space.",
            where="storage.swift.container",
            breaks=(PUSH,),
            evidence=refusal,
        )
    else:
        yield _too_large(storage, chunk, f"the cluster answers {refusal.short}", "to less")


def _too_large(storage: SwiftStorage, chunk: int, reason: str, fix: str) -> Finding:
    return blocker(
        what=f"Segments of {min(chunk, LAYER)} bytes are too large: {reason}.",
        why="The registry starts, and pushes of larger layers fail with 500: Too Large Object.",
        fix=f"Set storage.swift.chunksize {fix}.",
        where="storage.swift.chunksize",
        breaks=(PUSH,),
    )
