"""A disk that never answers ends a run, and does not hang it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from registry_preflight.fixtures import disks

from registry_preflight import Report, Status, Verdict, check_config, load_config
from registry_preflight.storage.filesystem import FilesystemStorage


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The report on a root directory that nobody answers for; it may take a few times its patience."""
    monkeypatch.setattr(FilesystemStorage, "PATIENCE", 1.0)
    config = load_config(
        f"version: 0.1\nstorage: {{filesystem: {{rootdirectory: '{tmp_path}'}}}}\n".encode(), {}, "registry-2.8"
    )
    began = time.monotonic()
    with disks.silent(tmp_path):
        report = check_config(config)
    assert time.monotonic() - began < 12
    return report


def test_it_is_a_broken_check_and_no_verdict(report: Report) -> None:
    status = {result.id: result.status for result in report.results}
    assert status["filesystem.root-directory"] is Status.BROKEN
    assert report.verdict is Verdict.UNDETERMINED


def test_the_reason_is_told(report: Report) -> None:
    reason = next(result.reason for result in report.results if result.id == "filesystem.root-directory")
    assert "no answer from the disk" in reason
