"""`middleware.registry`."""

from __future__ import annotations

from ..findings import FILESYSTEM, found

ID = "middleware.registry"


def test_any_entry_is_fatal() -> None:
    (finding,) = found(ID, f"{FILESYSTEM}middleware: {{registry: [{{name: foo, disabled: true}}]}}\n")
    assert finding.severity == "blocker"


def test_no_entry() -> None:
    assert found(ID, f"{FILESYSTEM}middleware: {{registry: []}}\n") == ()
