"""`filesystem.expected-mount`: a volume of /etc/fstab that is not mounted."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import disks

from registry_preflight import Status
from registry_preflight.storage.filesystem import FilesystemStorage

from .conftest import Store, status_of


@pytest.fixture
def listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store whose root directory fstab lists."""
    table = store.folder / "fstab"
    table.write_text(f"# comment\nserver:/export {store.root} nfs4 defaults 0 0\nproc /proc proc defaults 0 0\n")
    monkeypatch.setattr(FilesystemStorage, "FSTAB", str(table))
    return store


def test_not_mounted(listed: Store) -> None:
    assert status_of(listed.foretell(), "filesystem.expected-mount") is Status.WARNED


def test_mounted(listed: Store) -> None:
    with disks.memory(listed.root):
        assert status_of(listed.foretell(), "filesystem.expected-mount") is Status.PASSED


def test_mounted_by_hand_only(listed: Store) -> None:
    table = listed.folder / "fstab"
    table.write_text(table.read_text().replace("nfs4 defaults", "nfs4 noauto"))
    assert status_of(listed.foretell(), "filesystem.expected-mount") is Status.PASSED
