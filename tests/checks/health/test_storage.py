"""`health.storage`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "health.storage"


@pytest.mark.parametrize(
    ("interval", "told"), [("10", "10 nanoseconds"), ("999ms", "999 milliseconds"), ("1.5", "1 nanoseconds")]
)
def test_an_interval_that_hammers_the_storage(interval: str, told: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}health: {{storagedriver: {{enabled: true, interval: {interval}}}}}\n")
    assert (finding.severity, told in finding.what) == ("warning", True)


@pytest.mark.parametrize(
    "settings", ["enabled: true", "enabled: true, interval: 10s", "enabled: true, interval: 0", "interval: 10"]
)
def test_an_interval_that_does_not(settings: str) -> None:
    assert found(ID, f"{FILESYSTEM}health: {{storagedriver: {{{settings}}}}}\n") == ()


def test_the_other_checks_count_too() -> None:
    (finding,) = found(ID, f"{FILESYSTEM}health: {{file: [{{file: /down, interval: 10}}]}}\n")
    assert finding.where.path == "health.file[0].interval"


def test_no_health_checks() -> None:
    assert found(ID, FILESYSTEM) == ()
