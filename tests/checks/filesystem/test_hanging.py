"""A disk that never answers ends a run, and does not hang it."""

from __future__ import annotations

import time

from registry_preflight.fixtures import disks

from registry_preflight import Status, Verdict
from registry_preflight.storage import filesystem

from .conftest import Store, status_of


def test_a_silent_disk_is_a_broken_check(store: Store, monkeypatch: object) -> None:
    monkeypatch.setattr(filesystem.FilesystemStorage.__init__, "__defaults__", (1.0,))  # type: ignore[attr-defined]
    began = time.monotonic()
    with disks.silent(store.root):
        from registry_preflight import check_config, load_config

        report = check_config(load_config(store.config().read_bytes(), {}, "registry-2.8"))
        assert time.monotonic() - began < 8
    assert status_of(report, "filesystem.root-directory") is Status.BROKEN
    assert report.verdict is Verdict.UNDETERMINED
