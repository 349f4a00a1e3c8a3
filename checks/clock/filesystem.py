"""The clock of the disk's server."""

from __future__ import annotations

import time
from collections.abc import Iterator

from registry_preflight import CannotTell, FilesystemStorage, Finding, check, note

#: Seconds: more than any caching of attributes, less than what confuses people who read logs of two machines.
TOLERANCE = 60


@check(
    "clock.filesystem",
    storage=FilesystemStorage,
    needs=["filesystem.mount-writable"],
    touches="writes",
    drivers=["filesystem"],
)
def filesystem(storage: FilesystemStorage) -> Iterator[Finding]:
    """The disk stamps files with this machine's time.

    On a network share the server stamps them. The registry itself goes by the times that it writes into files, so this
    breaks no stage; jobs that remove what is older than some days, and backups, go by the stamps.
    """
    upload = storage.upload("clock")
    before = time.time()
    try:
        upload.start()
        stamped = storage.status(upload.data).modified
    except OSError as refusal:
        raise CannotTell(f"no file could be written to look at its time: {refusal.strerror}") from refusal
    skew = stamped - before
    if abs(skew) > TOLERANCE:
        yield note(
            what=f"Files in {storage.absolute} are stamped {abs(skew):.0f} seconds {'ahead of' if skew > 0 else 'behind'} this clock.",
            why="Backups and cleaning jobs that go by the age of files take new ones for old, or the reverse.",
            fix="Let the server of the share and this machine keep the same time (NTP).",
            where="storage.filesystem.rootdirectory",
        )
