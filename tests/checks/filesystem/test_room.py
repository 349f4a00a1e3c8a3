"""`filesystem.free-space`, `room-for-image`, `inodes` and `quota` on disks that are really full."""

from __future__ import annotations

import os

from registry_preflight.fixtures import disks

from registry_preflight import Status

from .conftest import NOBODY, Store, breaks_of, status_of


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
    assert outcome.report.verdict == "not-ready"
    assert outcome.agree(), outcome


def test_blocks_reserved_for_root_are_not_for_others(store: Store) -> None:
    with disks.ext4(store.root, store.folder / "disk", 100, "-m", "40"):
        disks_left = os.statvfs(store.root)
        with open(store.root / "filler", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, (disks_left.f_bavail * disks_left.f_frsize) - (20 << 20))
        store.give_to(NOBODY)
        store.seed(NOBODY)
        outcome = store.judge(NOBODY)
    assert outcome.failing == {"push"}
    assert "filesystem.room-for-image" in outcome.failed_checks()
    assert outcome.agree(), outcome


def test_free_space_is_what_df_shows(store: Store) -> None:
    with disks.ext4(store.root, store.folder / "disk", 100, "-m", "40"):
        space = os.statvfs(store.root)
        store.min_free = space.f_bavail * space.f_frsize + 1
        assert status_of(store.foretell(), "filesystem.free-space") is Status.FAILED
        store.min_free -= 1
        assert status_of(store.foretell(), "filesystem.free-space") is Status.PASSED


def test_no_inodes(store: Store) -> None:
    with disks.memory(store.root, "size=200m,nr_inodes=400"):
        store.seed()
        disks.use_up_inodes(store.root)
        outcome = store.judge()
    assert outcome.failing == {"push"}
    assert "filesystem.inodes" in outcome.failed_checks()
    assert outcome.agree(), outcome


def test_too_few_inodes_for_one_image(store: Store) -> None:
    with disks.memory(store.root, "size=200m,nr_inodes=400"):
        store.seed()
        disks.use_up_inodes(store.root, leave=25)
        outcome = store.judge()
    assert outcome.failing == {"push"}
    assert breaks_of(outcome.report, "filesystem.inodes") == {"push"}
    assert outcome.agree(), outcome


def test_inodes_for_one_image(store: Store) -> None:
    with disks.memory(store.root, "size=200m,nr_inodes=400"):
        store.seed()
        disks.use_up_inodes(store.root, leave=60)
        outcome = store.judge()
    assert outcome.failing == set()
    assert status_of(outcome.report, "filesystem.inodes") is Status.WARNED
    assert outcome.agree(), outcome


def test_no_limit_on_inodes(store: Store) -> None:
    with disks.memory(store.root, "size=200m,nr_inodes=0"):
        assert status_of(store.foretell(), "filesystem.inodes") is Status.PASSED
