"""`filesystem.mount-writable` against the real registry."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import disks

from .conftest import Store


def test_read_only_root(store: Store) -> None:
    store.seed()
    with disks.bound(store.root, options="ro"):
        outcome = store.judge()
    assert outcome.failing == {"push", "delete", "gc"}
    assert outcome.failed_checks() == {"filesystem.mount-writable"}
    assert outcome.agree(), outcome


@pytest.mark.parametrize(("part", "failing"), [("repositories", {"push", "delete"}), ("blobs", {"push", "gc"})])
def test_read_only_part(store: Store, part: str, failing: set[str]) -> None:
    store.seed()
    with disks.bound(store.place(part), options="ro"):
        outcome = store.judge()
    assert outcome.failing == failing
    assert {stage for stage, said in outcome.foretold.items() if said == "fails"} == failing
    assert outcome.wrong() == set(), outcome


def test_read_only_and_empty(store: Store) -> None:
    with disks.bound(store.root, options="ro"):
        outcome = store.judge()
    assert outcome.failing == {"push", "pull", "delete", "gc"}
    assert outcome.agree(), outcome


def test_read_only_above_a_writable_mount(store: Store) -> None:
    (store.root / "docker").mkdir()
    with disks.memory(store.root / "docker"):
        store.seed()
        with disks.bound(store.root, options="ro"), disks.memory(store.root / "docker"):
            store.seed()
            outcome = store.judge()
    assert outcome.agree(), outcome
