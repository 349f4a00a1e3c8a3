"""The real registry as a fixture. Its absence is loud where a complete run was asked for."""

from __future__ import annotations

import os

import pytest
from registry_preflight.fixtures.registry import BackendMissing, Registry


@pytest.fixture(scope="session")
def registry() -> Registry:
    """Debian's registry 2.8.2; without it the test is skipped, or fails under `PREFLIGHT_REQUIRE_BACKENDS=1`."""
    try:
        return Registry()
    except BackendMissing as missing:
        if os.environ.get("PREFLIGHT_REQUIRE_BACKENDS") == "1":
            raise
        pytest.skip(str(missing))
