"""`filesystem.quota`: what the kernel says of quotas. The figures are laid under where this kernel keeps none."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import disks

from registry_preflight import Status
from registry_preflight.storage.filesystem import FilesystemStorage

from .conftest import Store, status_of


def test_a_disk_without_quotas(store: Store) -> None:
    with disks.ext4(store.root, store.folder / "disk", 100):
        assert status_of(store.foretell(), "filesystem.quota") is Status.PASSED


@pytest.mark.parametrize(("left", "status"), [(5 << 20, Status.FAILED), (50 << 20, Status.PASSED)])
def test_what_the_quota_leaves(store: Store, monkeypatch: pytest.MonkeyPatch, left: int, status: Status) -> None:
    store.min_free = 10 << 20
    monkeypatch.setattr(FilesystemStorage, "quota", lambda _: ((100 << 20) + left, 100 << 20, 0, 0))
    assert status_of(store.foretell(), "filesystem.quota") is status
