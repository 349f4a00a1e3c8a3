"""`storage.delete`."""

from __future__ import annotations

import pytest

from registry_preflight import DELETE

from ..findings import FILESYSTEM, found

ID = "storage.delete"


def deleting(section: str) -> str:
    return f"version: 0.1\nstorage: {{inmemory: {{}}, delete: {section}}}\n"


def test_without_it_deletes_fail() -> None:
    (finding,) = found(ID, FILESYSTEM)
    assert (finding.severity, finding.breaks) == ("note", (DELETE,))


@pytest.mark.parametrize(
    "section", ["{enabled: false}", "{enabled: no}", "{enabled: }", "{}", "", "{enabled: 'false'}", "{enabled: 0}"]
)
def test_off_is_a_note(section: str) -> None:
    (finding,) = found(ID, deleting(section))
    assert finding.severity == "note"


@pytest.mark.parametrize("value", ["'true'", "1", "'yes'", "enabled", "[true]"])
def test_what_was_plainly_meant_as_true_is_a_warning(value: str) -> None:
    (finding,) = found(ID, deleting(f"{{enabled: {value}}}"))
    assert (finding.severity, finding.breaks) == ("warning", (DELETE,))


@pytest.mark.parametrize("value", ["true", "yes", "on", "True"])
def test_a_boolean(value: str) -> None:
    assert found(ID, deleting(f"{{enabled: {value}}}")) == ()


def test_a_variable() -> None:
    assert found(ID, FILESYSTEM, {"REGISTRY_STORAGE_DELETE_ENABLED": "true"}) == ()
