"""`storage.redirect`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "storage.redirect"


def redirecting(section: str) -> str:
    return f"version: 0.1\nstorage: {{inmemory: {{}}, redirect: {section}}}\n"


@pytest.mark.parametrize("section", ["", "{}", "{disable: }", "{disable: 'true'}", "{disable: 1}", "{disabled: true}"])
def test_no_boolean_is_fatal(section: str) -> None:
    (finding,) = found(ID, redirecting(section))
    assert finding.severity == "blocker"


@pytest.mark.parametrize("section", ["{disable: true}", "{disable: off}", "{disable: false, other: 1}"])
def test_a_boolean(section: str) -> None:
    assert found(ID, redirecting(section)) == ()


def test_no_section() -> None:
    assert found(ID, FILESYSTEM) == ()


def test_a_misspelling_is_named() -> None:
    assert "disabled is not known" in found(ID, redirecting("{disabled: true}"))[0].what


def test_a_variable() -> None:
    assert found(ID, FILESYSTEM, {"REGISTRY_STORAGE_REDIRECT_DISABLE": "true"}) == ()
