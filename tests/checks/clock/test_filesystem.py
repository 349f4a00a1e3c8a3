"""`clock.filesystem`: the times that a disk gives its files. One that is wrong takes a file server with a wrong clock."""

from __future__ import annotations

import time

import pytest

from registry_preflight import Options, check_config, load_config


@pytest.mark.parametrize(("skew", "found"), [(0, 0), (1200, 1), (-1200, 1)])
def test_stamps(tmp_path: object, monkeypatch: pytest.MonkeyPatch, skew: int, found: int) -> None:
    real = time.time
    config = load_config(
        f"storage: {{filesystem: {{rootdirectory: '{tmp_path}'}}}}".encode(),
        {},
        "registry-2.8",
        options=Options(min_free=1),
    )
    # The disk's clock cannot be turned here, so this machine's own is, the other way round.
    monkeypatch.setattr(time, "time", lambda: real() - skew)
    report = check_config(config)
    assert len([1 for result in report.results if result.id == "clock.filesystem" for _ in result.findings]) == found
