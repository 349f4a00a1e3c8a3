"""Rehearses the room that a push takes."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from registry_preflight import PUSH, CannotTell, FilesystemStorage, Finding, blocker, check

from ._terms import IMAGE_BYTES, SURELY_TOO_LITTLE, WHERE, WRITES, remedy, size, told

TOO_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@check(
    "filesystem.room-for-image",
    storage=FilesystemStorage,
    needs=[WRITES],
    touches="writes",
    drivers=["filesystem"],
    stages=[PUSH],
    proves=[PUSH],
)
def room_for_image(storage: FilesystemStorage) -> Iterator[Finding]:
    """There is room for an image of 40 MB.

    That much room is really taken for a moment, as the registry's user: what `df` shows says nothing of quotas, of
    blocks that are reserved for one user, or of limits on the size of a file. The registry itself never looks before
    it writes; a layer that does not fit fails somewhere in the middle.
    """
    if storage.space.free_for_root < SURELY_TOO_LITTLE:
        return  # told by filesystem.free-space, without filling up what little there is
    try:
        storage.upload("room").reserve(IMAGE_BYTES)
    except OSError as refusal:
        if refusal.errno not in TOO_FULL:
            raise CannotTell(f"room for {size(IMAGE_BYTES)} could not be taken: {told(refusal)}") from refusal
        yield blocker(
            what=f"{storage.user} cannot store {size(IMAGE_BYTES)} in {storage.absolute}: {refusal.strerror}.",
            why="A push of an ordinary image fails in the middle of a layer.",
            fix=remedy(refusal, storage.user, storage.absolute),
            where=WHERE,
            breaks=[PUSH],
            evidence=[refusal, f"{size(storage.space.free)} free, and {size(storage.space.reserved)} for root alone"],
        )
