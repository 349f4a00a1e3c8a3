"""`filesystem.kind` and `network-mount`: what the kernel's table says of the store's disk."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import disks

from registry_preflight import Status

from .conftest import Store, status_of


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


def table(monkeypatch: pytest.MonkeyPatch, store: Store, line: str) -> None:
    """No server of network shares can run here: the kernel's line is laid under instead, for reading alone."""
    from registry_preflight.storage import mounts

    path = store.folder / "table"
    path.write_text(f"20 1 0:1 / / rw - ext4 /dev/sda1 rw\n30 20 0:99 / {store.root} rw,relatime - {line}\n")
    real = mounts.read_mounts
    monkeypatch.setattr("registry_preflight.storage.filesystem.read_mounts", lambda: real(str(path)))


@pytest.mark.parametrize(
    ("line", "check", "status"),
    [
        ("nfs4 server:/export rw,vers=4.2,hard,actimeo=0", "filesystem.network-mount", Status.PASSED),
        ("nfs4 server:/export rw,vers=4.2,soft,timeo=600", "filesystem.network-mount", Status.WARNED),
        ("cifs //server/share rw,vers=3.1.1", "filesystem.network-mount", Status.WARNED),
        ("fuse.s3fs s3fs rw", "filesystem.kind", Status.WARNED),
        ("9p share rw,trans=virtio", "filesystem.kind", Status.WARNED),
        ("vfat /dev/sdb1 rw", "filesystem.kind", Status.WARNED),
        ("xfs /dev/sdb1 rw", "filesystem.kind", Status.PASSED),
    ],
)
def test_kinds_that_cannot_be_mounted_here(
    store: Store, monkeypatch: pytest.MonkeyPatch, line: str, check: str, status: Status
) -> None:
    table(monkeypatch, store, line)
    assert status_of(store.foretell(), check) is status
