"""`filesystem.inodes` on disks that have run out of them."""

from __future__ import annotations

from registry_preflight.fixtures import disks

from registry_preflight import Stage, Status

from .conftest import Store, breaks_of, status_of


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
    assert breaks_of(outcome.report, "filesystem.inodes") == {Stage.PUSH}
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
