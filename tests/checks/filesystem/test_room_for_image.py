"""`filesystem.room-for-image` on disks that hold less than they show."""

from __future__ import annotations

import os

from registry_preflight.fixtures import disks

from .conftest import NOBODY, Store


def test_blocks_reserved_for_root_are_not_for_others(store: Store) -> None:
    with disks.ext4(store.root, store.folder / "disk", 100, "-m", "40"):
        space = os.statvfs(store.root)
        with open(store.root / "filler", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, (space.f_bavail * space.f_frsize) - (20 << 20))
        store.give_to(NOBODY)
        store.seed(NOBODY)
        outcome = store.judge(NOBODY)
    assert outcome.failing == {"push"}
    assert "filesystem.room-for-image" in outcome.failed_checks()
    assert outcome.agree(), outcome


def test_a_quota_of_the_share_is_met_though_df_shows_much_more(store: Store) -> None:
    with disks.quota(store.root, store.folder / "disk", megabytes=300, limit=20):
        store.seed()
        outcome = store.judge()
    assert outcome.failing == {"push"}
    assert "filesystem.room-for-image" in outcome.failed_checks()
    assert outcome.agree(), outcome
