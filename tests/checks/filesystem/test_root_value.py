"""`filesystem.root-value`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_a_blank_is_a_directory_called_nil() -> None:
    (finding,) = found("filesystem.root-value", "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory:\n")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_a_url_is_no_path() -> None:
    (finding,) = found(
        "filesystem.root-value", "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: file:///srv/registry\n"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_nobody_expands_a_tilde() -> None:
    (finding,) = found(
        "filesystem.root-value", "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: ~/registry\n"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_a_path_of_windows_is_no_path() -> None:
    (finding,) = found(
        "filesystem.root-value", "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: 'C:/registry'\n"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_empty_is_the_working_directory() -> None:
    (finding,) = found("filesystem.root-value", "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: ''\n")
    assert (finding.severity, finding.where.path) == ("warning", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_a_relative_path_depends_on_the_start() -> None:
    (finding,) = found(
        "filesystem.root-value", "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: data/registry\n"
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_an_absolute_path_is_fine() -> None:
    assert not found(
        "filesystem.root-value", "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: /srv/registry\n"
    )
