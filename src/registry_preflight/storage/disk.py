"""Disk work that cannot hang the program: each call goes to a process of its own and is given up after a while.

A process that waits for a dead NFS server cannot be interrupted, not even from another thread. So the work is done in
`disk_worker.py`, and when it does not answer in time it is killed; if the kernel will not let go of it, it is left to
die whenever the disk comes back, and nobody waits for it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from registry_preflight.check import CannotTell

if TYPE_CHECKING:
    import subprocess

_SCRIPT = os.path.join(os.path.dirname(__file__), "disk_worker.py")
_LONGEST_ANSWER = 8 << 20
#: Processes at the same time. A start costs as much as many calls, and a disk does not get faster by being asked more.
_MOST_WORKERS = 3


class DiskStuck(Exception):
    """The disk did not answer in time, which says nothing about the config but a lot about the disk."""


class HelperDied(RuntimeError):
    """The process that does the disk work ended by itself or was killed."""


class _Worker:
    """One process, for one call at a time."""

    def __init__(self, become: tuple[int, int] | None, patience: float) -> None:
        import subprocess

        # Kept, since at the end of the interpreter nothing can be imported any more.
        self._still_there = subprocess.TimeoutExpired
        if not sys.executable:
            raise CannotTell("there is no Python interpreter to start for the disk work")
        self._process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            # Out of reach of the terminal's Ctrl-C: it still has to clean up.
            start_new_session=True,
        )
        try:
            if become is not None:
                self.call("become", become, patience)
        except OSError as refusal:
            self.end()
            raise CannotTell(f"this process may not act as user {become}: {refusal.strerror}") from refusal

    def call(self, verb: str, arguments: tuple[object, ...], patience: float) -> object:
        import json

        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps([verb, *arguments]).encode() + b"\n")
            answer = json.loads(self._line(patience))
        except (BrokenPipeError, json.JSONDecodeError) as broken:
            raise HelperDied(f"the helper process ended during {verb}") from broken
        if "error" in answer:
            number, path = answer["error"]
            raise OSError(number, os.strerror(number), path)
        value: object = answer["ok"]
        return value

    def _line(self, patience: float) -> bytes:
        import select

        assert self._process.stdout is not None
        pipe, until, answer = self._process.stdout.fileno(), time.monotonic() + patience, bytearray()
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        while not answer.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise DiskStuck(f"no answer from the disk within {patience:g} seconds")
            piece = os.read(pipe, 1 << 16)
            if not piece or len(answer) > _LONGEST_ANSWER:
                break
            answer += piece
        return bytes(answer)

    def end(self) -> None:
        """Kill it. One that the kernel holds fast is not waited for."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        with suppress(self._still_there):
            self._process.wait(0.2)


class Disk:
    """Calls to disk workers, each with `patience` in seconds, as the user `become` (uid, gid) where one is given.

    Calls from several threads run side by side. After one call was given up, later ones fail at once, so that a run
    does not wait for the same dead disk again and again.
    """

    def __init__(self, become: tuple[int, int] | None = None, patience: float = 10.0) -> None:
        self.patience = patience
        self._become = None if become is None or become == (os.geteuid(), os.getegid()) else become
        self._idle: list[_Worker] = []
        self._working = 0
        self._changed = threading.Condition()
        self._stuck = ""

    def call(self, verb: str, *arguments: object, patience: float | None = None, even_if_stuck: bool = False) -> object:
        """Do one verb of `disk_worker.py`.

        Raises `OSError` as the kernel reported it, `DiskStuck` where no answer came in time, and `CannotTell` where
        this process may not become the other user.
        """
        if self._stuck and not even_if_stuck:
            raise DiskStuck(self._stuck)
        patience = self.patience if patience is None else patience
        worker = self._take(patience)
        try:
            value = worker.call(verb, arguments, patience)
        except OSError:
            self._give_back(worker)
            raise
        except BaseException as trouble:  # passed on; an interrupt, too, leaves a worker in the middle of a verb
            if isinstance(trouble, DiskStuck):
                self._stuck = f"{trouble} ({verb} {arguments[0] if arguments else ''})"
            worker.end()
            self._drop()
            raise
        self._give_back(worker)
        return value

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """End the idle processes; a later call starts new ones."""
        with self._changed:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def _take(self, patience: float) -> _Worker:
        with self._changed:
            if not self._changed.wait_for(lambda: self._idle or self._working < _MOST_WORKERS, patience):
                raise DiskStuck(f"other calls kept the disk busy for {patience:g} seconds")
            self._working += 1
            if self._idle:
                return self._idle.pop()
        try:
            return self._start(patience)
        except BaseException:  # passed on: without a worker there is one less at work
            self._drop()
            raise

    def _start(self, patience: float) -> _Worker:
        if self._become is not None and os.geteuid() != 0:
            uid, gid = self._become
            raise CannotTell(f"only root can check the disk as user {uid}:{gid}; this process runs as {os.geteuid()}")
        return _Worker(self._become, patience)

    def _give_back(self, worker: _Worker) -> None:
        with self._changed:
            self._idle.append(worker)
            self._working -= 1
            self._changed.notify()

    def _drop(self) -> None:
        with self._changed:
            self._working -= 1
            self._changed.notify()
