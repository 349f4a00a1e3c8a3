"""`auth.silly`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "auth.silly"


@pytest.mark.parametrize("options", ["{}", "{realm: a}", "{realm: a, service: 5}", "{realm: , service: a}"])
def test_options_that_are_missing(options: str) -> None:
    assert "blocker" in {finding.severity for finding in found(ID, f"{FILESYSTEM}auth: {{silly: {options}}}\n")}


def test_all_options_leave_the_warning() -> None:
    (finding,) = found(ID, f"{FILESYSTEM}auth: {{silly: {{realm: a, service: ''}}}}\n")
    assert finding.severity == "warning"


def test_another_controller() -> None:
    assert found(ID, f"{FILESYSTEM}auth: none\n") == ()
