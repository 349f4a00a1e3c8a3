"""`config.compose-variables`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "config.compose-variables"
UI = "  ui:\n    image: joxit/docker-registry-ui\n    environment:\n"


NAME = "REGISTRY_STORAGE_DELETE_ENABLED"
REGISTRY = f"  r:\n    image: docker.io/library/registry:2\n    environment: [{NAME}=true]\n"


@pytest.mark.parametrize("given", [f"      - {NAME}=true\n", f"      {NAME}: 'true'\n"])
def test_a_variable_on_the_interface(given: str) -> None:
    (finding,) = found(ID, f"services:\n{UI}{given}")
    assert (finding.where.line, "'ui'" in finding.what) == (5, True)


def test_a_variable_on_the_registry() -> None:
    assert found(ID, f"services:\n{REGISTRY}") == ()


def test_the_settings_of_an_interface() -> None:
    assert found(ID, f"services:\n{UI}      - REGISTRY_TITLE=mine\n") == ()


def test_a_registry_config() -> None:
    assert found(ID, FILESYSTEM) == ()
