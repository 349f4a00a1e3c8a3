"""What the trials on Swift share: images that a registry stored once."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.swift import Swift

from .trial import Objects, record


@pytest.fixture(scope="session")
def stored(swift: Swift, tmp_path_factory: pytest.TempPathFactory) -> Objects:
    """Three images as a registry stores them."""
    return record(swift, tmp_path_factory.mktemp("seed"))
