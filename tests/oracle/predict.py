"""What is foretold of a start, beside what happened."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from registry_preflight.fixtures.registry import Given, filled, lay_out

from registry_preflight import Stage, foretell

#: Any port will do: a prediction opens none.
PORT = 5000


def predicted(given: Given, target: str = "registry-2.8") -> str:
    """The outcome foretold for `start`, offline, in a scratch folder like the one that the registry gets."""
    with tempfile.TemporaryDirectory(prefix="predicted-") as directory:
        path = lay_out(given, directory, PORT)
        environment = {name: filled(value, directory, PORT) for name, value in given.environment.items()}
        text = Path(path).read_bytes()
        # A relative path in a config counts from where the registry runs.
        with contextlib.chdir(directory):
            report = foretell(text, {"PATH": os.defpath, "HOME": directory} | environment, target)
        return str(report.predictions[Stage.START].outcome)


def disagrees(real: str, by_network: bool, foretold: str) -> bool:
    """Whether a prediction is wrong. Where the network decided, anything but a promise is right."""
    return foretold == "works" if by_network else foretold != real
