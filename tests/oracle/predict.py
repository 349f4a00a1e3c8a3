"""What is foretold of a start, beside what happened."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from registry_preflight.fixtures.registry import Given, filled, lay_out

from registry_preflight import Stage, foretell

#: Any port will do: a prediction opens none.
PORT = 5000
#: Seconds after which a prediction, which takes a millisecond, counts as one that never comes.
PATIENCE = 10.0
HANGS = "hangs"


class _TooSlow(BaseException):
    """No `Exception`: the engine takes those for the crash of one check, and would go on."""


def predicted(given: Given, target: str = "registry-2.8") -> str:
    """The outcome foretold for `start`, offline, in a scratch folder like the one that the registry gets."""
    with tempfile.TemporaryDirectory(prefix="predicted-") as directory:
        path = lay_out(given, directory, PORT)
        environment = {name: filled(value, directory, PORT) for name, value in given.environment.items()}
        text = Path(path).read_bytes()
        # A relative path in a config counts from where the registry runs.
        try:
            with contextlib.chdir(directory), _limited():
                report = foretell(text, {"PATH": os.defpath, "HOME": directory} | environment, target)
        except _TooSlow:
            return HANGS
        return str(report.predictions[Stage.START].outcome)


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    """Interrupt what takes too long, and leave the alarm of whoever set one before as it was."""

    def stop(*_: object) -> None:
        raise _TooSlow

    handler = signal.signal(signal.SIGALRM, stop)
    before = signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *before)
        signal.signal(signal.SIGALRM, handler)


def disagrees(real: str, by_network: bool, foretold: str) -> bool:
    """Whether a prediction is wrong. Where the network decided, anything but a promise is right."""
    return foretold in ("works", HANGS) if by_network else foretold != real
