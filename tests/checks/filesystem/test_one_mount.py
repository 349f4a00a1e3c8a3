"""`filesystem.one-mount` against the real registry."""

from __future__ import annotations

import shutil

import pytest
from registry_preflight.fixtures import disks

from registry_preflight import Status

from .conftest import Store, status_of


@pytest.mark.parametrize("part", ["blobs", "repositories", "blobs/sha256"])
def test_a_volume_of_its_own(store: Store, part: str) -> None:
    store.seed()
    saved = store.folder / "saved"
    shutil.copytree(store.place(part), saved)
    with disks.memory(store.place(part)):
        shutil.copytree(saved, store.place(part), dirs_exist_ok=True)
        outcome = store.judge()
    assert outcome.failing == {"push"}
    assert outcome.failed_checks() == {"filesystem.one-mount"}
    assert outcome.agree(), outcome


def test_the_same_disk_mounted_twice(store: Store) -> None:
    store.seed()
    with disks.bound(store.place("blobs")):
        outcome = store.judge()
    assert outcome.failing == {"push"}
    assert outcome.agree(), outcome


def test_blobs_linked_to_another_disk(store: Store) -> None:
    store.seed()
    elsewhere = store.folder / "elsewhere"
    elsewhere.mkdir()
    with disks.memory(elsewhere):
        shutil.copytree(store.place("blobs"), elsewhere / "blobs")
        shutil.rmtree(store.place("blobs"))
        store.place("blobs").symlink_to(elsewhere / "blobs")
        outcome = store.judge()
        store.place("blobs").unlink()
    assert outcome.failing == {"push"}
    assert outcome.agree(), outcome


@pytest.mark.parametrize("part", ["docker", "docker/registry/v2"])
def test_a_mount_above_both(store: Store, part: str) -> None:
    (store.root / part).mkdir(parents=True)
    with disks.memory(store.root / part):
        store.seed()
        outcome = store.judge()
    assert outcome.failing == set()
    assert outcome.agree(), outcome


def test_a_mount_on_one_repository_is_a_warning(store: Store) -> None:
    store.place("repositories", "other").mkdir(parents=True)
    with disks.memory(store.place("repositories", "other")):
        store.seed()
        outcome = store.judge()
    assert outcome.failing == set()
    assert status_of(outcome.report, "filesystem.one-mount") is Status.WARNED
    assert outcome.agree(), outcome
