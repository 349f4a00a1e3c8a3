"""Random configs, really started and foretold: no difference. `PREFLIGHT_FUZZ` says how many, 500 by default."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import TypeVar

import hypothesis
import pytest
from hypothesis import strategies as st
from registry_preflight.fixtures.registry import Given, Registry

from .comparing import compared
from .making import Making

T = TypeVar("T")
EXAMPLES = int(os.environ.get("PREFLIGHT_FUZZ", "500"))
SEED = int(os.environ.get("PREFLIGHT_FUZZ_SEED") or random.SystemRandom().randrange(10**9))


class _Drawn:
    """Choices by hypothesis, which remembers them and makes them smaller."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def below(self, limit: int) -> int:
        return self._draw(st.integers(0, limit - 1))

    def chance(self, percent: int) -> bool:
        # The unlikely end is the high one: shrinking makes things not happen.
        return self._draw(st.integers(0, 99)) >= 100 - percent


@st.composite
def givens(draw: st.DrawFn) -> Given:
    """A config and an environment."""
    return Making(_Drawn(draw)).made()


def test_random_configs_do_as_foretold(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nfuzz: {EXAMPLES} configs; PREFLIGHT_FUZZ_SEED={SEED} makes the same ones")

    @hypothesis.seed(SEED)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        print_blob=False,
    )
    @hypothesis.given(givens())
    def agrees(given: Given) -> None:
        disagreement = compared(registry, given)
        assert disagreement is None, str(disagreement)

    agrees()
