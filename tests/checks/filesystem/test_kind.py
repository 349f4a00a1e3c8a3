"""`filesystem.kind`: what it is that the store lies on."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import disks

from registry_preflight import Status

from .conftest import Store, mount_table, status_of


def test_memory(store: Store) -> None:
    with disks.memory(store.root):
        assert status_of(store.foretell(), "filesystem.kind") is Status.WARNED


def test_a_containers_own_layer(store: Store) -> None:
    scratch = store.folder / "scratch"
    scratch.mkdir()
    with disks.memory(scratch), disks.overlay(store.root, scratch):
        store.seed()
        outcome = store.judge()
    assert status_of(outcome.report, "filesystem.kind") is Status.WARNED
    assert outcome.agree(), outcome


def test_a_disk(store: Store) -> None:
    with disks.ext4(store.root, store.folder / "disk", 100):
        store.seed()
        outcome = store.judge()
    assert status_of(outcome.report, "filesystem.kind") is Status.PASSED
    assert outcome.agree(), outcome


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("fuse.s3fs s3fs rw", Status.WARNED),
        ("9p share rw,trans=virtio", Status.WARNED),
        ("vfat /dev/sdb1 rw", Status.WARNED),
        ("fuse.glusterfs server:/volume rw", Status.PASSED),
        ("xfs /dev/sdb1 rw", Status.PASSED),
    ],
)
def test_kinds_that_cannot_be_mounted_here(
    store: Store, monkeypatch: pytest.MonkeyPatch, line: str, status: Status
) -> None:
    mount_table(monkeypatch, store, line)
    assert status_of(store.foretell(), "filesystem.kind") is status
