"""What a run created in a storage, and its certain removal.

Whoever creates something enters it first, with the way to remove it. What was entered last is removed first, so that
files go before the directories that hold them. Nothing can be created once the removal has begun: a check that ran
past its deadline must not leave something behind after everybody else has cleaned up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

#: More entries than any run needs: a check in an endless loop must not fill a disk or a bucket.
LIMIT = 10_000
#: Seconds that the removal waits for what is being created at that moment, and that it may take in all.
GRACE = 2.0
PATIENCE = 20.0


class LedgerClosed(Exception):
    """Nothing more may be created: the removal has begun, or the limit is reached."""


class Entry:
    """One thing that is to be removed: what it is, its name, and the way to remove it."""

    def __init__(self, kind: str, name: str, remove: Callable[[], None]) -> None:
        self.kind = kind
        self.name = name
        self.remove = remove
        self.being_created = False

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Ledger:
    """The entries of one run. Safe to use from several threads.

    A remover does its work or raises. It must treat what is not there as removed, since an entry comes before its
    creation; a `FileNotFoundError` is taken as that.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._entries: list[Entry] = []
        self._changed = threading.Condition()
        self._entered = 0
        self._closed = False

    def record(self, kind: str, name: str, remove: Callable[[], None]) -> Entry:
        """Enter something that is about to be created. Raises `LedgerClosed`."""
        with self._changed:
            if self._closed:
                raise LedgerClosed(f"the run is cleaning up, so {kind} {name} was not created")
            if self._entered >= self._limit:
                raise LedgerClosed(f"the run has created {self._limit} things, so {kind} {name} was not created")
            self._entered += 1
            entry = Entry(kind, name, remove)
            self._entries.append(entry)
            return entry

    @contextmanager
    def creating(self, kind: str, name: str, remove: Callable[[], None]) -> Iterator[Entry]:
        """Enter it, and hold the removal back while the block creates it. Raises `LedgerClosed`."""
        with self._changed:
            entry = self.record(kind, name, remove)
            entry.being_created = True
        try:
            yield entry
        finally:
            with self._changed:
                entry.being_created = False
                self._changed.notify_all()

    def forget(self, entry: Entry) -> None:
        """Strike out what is gone, or what never was ours."""
        with self._changed:
            if entry in self._entries:
                self._entries.remove(entry)

    def remove(self, entry: Entry) -> None:
        """Remove one thing now. Raises what its remover raises; then the entry stays for the end of the run."""
        with suppress(FileNotFoundError):  # somebody else was quicker, or it never came into being
            entry.remove()
        self.forget(entry)

    def remove_all(self, patience: float = PATIENCE) -> list[str]:
        """Remove everything, the latest first, and return what could not be removed, with the reason.

        Begins no removal after `patience` seconds; what is still being created gets two seconds more at most. Called
        again, as after an interrupt, it goes on with what is left.
        """
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not any(e.being_created for e in self._entries), min(GRACE, patience))
            waiting = list(reversed(self._entries))
        until = time.monotonic() + patience
        return [left for entry in waiting if (left := self._remove_last(entry, until))]

    def _remove_last(self, entry: Entry, until: float) -> str:
        if time.monotonic() > until:
            return f"{entry}: no time was left to remove it"
        try:
            self.remove(entry)
        except Exception as trouble:  # a remover may be a plugin's: whatever it raises, the others run
            return f"{entry}: {trouble}"
        if entry.being_created:
            return f"{entry}: it was still being created when the run ended"
        return ""
