"""Reported incidents of the filesystem driver whose cause the config, the mounts or the directory show.

What stands in for a disk that cannot be had here is laid under: a line of the kernel's table of mounts, a label.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight import Finding, foretell
from registry_preflight.storage.filesystem import FilesystemStorage

from ..checks.filesystem.conftest import Store, findings_of, mount_table


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in a directory of this user."""
    return Store(tmp_path)


def only(findings: list[Finding]) -> tuple[str, list[str]]:
    """The severity of the one finding and the stages that it breaks."""
    (finding,) = findings
    return finding.severity.value, [stage.value for stage in finding.breaks]


def test_cfg_volume_not_on_rootdirectory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    mount_table(monkeypatch, store, "overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w")
    assert only(findings_of(store.foretell(), "filesystem.kind")) == ("warning", [])


def test_dtr_ha_replicas_local_filesystem() -> None:
    text = "storage: {filesystem: {rootdirectory: /var/local/dtr/image-storage/local}}\n"
    assert only(findings_of(foretell(text, {}, "dtr"), "filesystem.dtr")) == ("note", [])


def test_fs_disk_full(store: Store) -> None:
    store.min_free = 1 << 60
    assert only(findings_of(store.foretell(), "filesystem.free-space")) == ("blocker", [])


def test_fs_nfs_attribute_cache_replicas(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    mount_table(monkeypatch, store, "nfs4 server:/export rw,vers=4.2,hard")
    assert only(findings_of(store.foretell(), "filesystem.network-mount")) == ("note", [])


def test_fs_selinux_mcs_replicas(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FilesystemStorage, "enforcing", lambda self: True)
    monkeypatch.setattr(FilesystemStorage, "label", lambda self, path: "system_u:object_r:container_file_t:s0:c12,c34")
    assert only(findings_of(store.foretell(), "filesystem.selinux")) == ("note", [])


def test_fs_umask_permissions(store: Store) -> None:
    store.root.chmod(0o2775)
    assert only(findings_of(store.foretell(), "filesystem.shared-modes")) == ("warning", [])
