"""`health.intervals`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "health.intervals"


@pytest.mark.parametrize(
    "settings", ["{storagedriver: {enabled: true, interval: -1s}}", "{tcp: [{addr: a, interval: -5}]}"]
)
def test_a_negative_interval(settings: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}health: {settings}\n")
    assert finding.severity == "blocker"


@pytest.mark.parametrize(
    "settings",
    ["{storagedriver: {interval: -1s}}", "{tcp: [{addr: a, timeout: -5s}]}", "{file: [{file: a, interval: 0}]}"],
)
def test_no_negative_interval(settings: str) -> None:
    assert found(ID, f"{FILESYSTEM}health: {settings}\n") == ()
