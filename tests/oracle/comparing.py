"""Asks the real registry and the prediction about one random config."""

from __future__ import annotations

import re
from typing import NamedTuple

from registry_preflight.fixtures.registry import Given, Registry, Start

from .outcome import lacks_driver
from .predict import disagrees, predicted
from .tables import read_tables

#: How often a start is asked again before a disagreement counts: Go walks maps in random order, and a few configs
#: start or not by that.
ASKED_AGAIN = 4
_UNSIGNED_EXPONENT = re.compile(r"(?<![\w.])[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE]\d+")


class Disagreement(NamedTuple):
    """A config about which prediction and registry differ."""

    given: Given
    foretold: str
    real: Start

    def __str__(self) -> str:
        config = self.given.config if isinstance(self.given.config, str) else repr(self.given.config)
        return (
            f"foretold {self.foretold}, really {self.real.outcome}: {self.real.said or '-'}\n"
            f"{config!r}\n{dict(self.given.environment)}\n{config}"
        )


def compared(registry: Registry, given: Given) -> Disagreement | None:
    """Start it and foretell it."""
    return judged(registry, given, registry.start(*given), predicted(given))


def judged(registry: Registry, given: Given, real: Start, foretold: str) -> Disagreement | None:
    """None where they agree, where Debian's build and not the release decided, or where chance decides each time."""
    if not disagrees(real.outcome, real.by_network, foretold) or by_build(given, real):
        return None
    for _ in range(ASKED_AGAIN):
        again = registry.start(*given)
        if not disagrees(again.outcome, again.by_network, foretold):
            return None
    return Disagreement(given, foretold, real)


def by_build(given: Given, real: Start) -> bool:
    """Whether this outcome belongs to Debian's build: a driver left out, a region that only its newer S3 library knows, or
    an exponent without a sign, which its YAML library reads as a number and the release's as text."""
    if lacks_driver(real.said):
        return True
    texts = [given.config if isinstance(given.config, str) else "", *given.environment.values()]
    return any(
        _UNSIGNED_EXPONENT.search(text) or any(region in text for region in read_tables().newer_regions)
        for text in texts
    )
