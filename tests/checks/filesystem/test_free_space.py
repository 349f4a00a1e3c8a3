"""`filesystem.free-space` on disks that are really full."""

from __future__ import annotations

import os

from registry_preflight.fixtures import disks

from registry_preflight import Status, Verdict

from .conftest import Store, status_of


def test_a_full_disk(store: Store) -> None:
    with disks.memory(store.root):
        store.seed()
        disks.fill(store.root)
        outcome = store.judge()
    assert outcome.failing == {"push"}
    assert "filesystem.free-space" in outcome.failed_checks()
    assert outcome.agree(), outcome


def test_too_little_for_the_large_layer(store: Store) -> None:
    with disks.memory(store.root, "size=39m"):
        store.seed()
        outcome = store.judge()
    assert outcome.failing == {"push"}
    assert outcome.failed_checks() == {"filesystem.free-space"}
    assert outcome.agree(), outcome


def test_just_enough(store: Store) -> None:
    with disks.memory(store.root, "size=42m"):
        store.seed()
        outcome = store.judge()
    assert outcome.failing == set()
    assert outcome.agree(), outcome


def test_less_than_the_user_asked_for_breaks_no_stage(store: Store) -> None:
    store.min_free = 1 << 30
    with disks.memory(store.root):
        store.seed()
        outcome = store.judge()
    assert outcome.failing == set()
    assert outcome.failed_checks() == {"filesystem.free-space"}
    assert outcome.report.verdict is Verdict.NOT_READY
    assert outcome.agree(), outcome


def test_free_space_is_what_df_shows(store: Store) -> None:
    with disks.ext4(store.root, store.folder / "disk", 100, "-m", "40"):
        space = os.statvfs(store.root)
        store.min_free = space.f_bavail * space.f_frsize + 1
        assert status_of(store.foretell(), "filesystem.free-space") is Status.FAILED
        store.min_free -= 1 << 20
        assert status_of(store.foretell(), "filesystem.free-space") is Status.PASSED
