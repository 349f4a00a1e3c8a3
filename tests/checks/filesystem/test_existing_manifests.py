"""`filesystem.existing-manifests` against the real registry."""

from __future__ import annotations

import os

from .conftest import NOBODY, Store


def test_a_store_of_root_that_all_may_read(store: Store) -> None:
    store.seed()
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"push", "delete", "gc"}
    assert {
        "filesystem.existing-manifests",
        "filesystem.existing-blobs",
        "filesystem.write-upload",
    } <= outcome.failed_checks()
    assert outcome.agree(), outcome


def test_a_store_of_root_that_all_may_write(store: Store) -> None:
    store.seed()
    store.chmod("a+rwX")
    outcome = store.judge(NOBODY)
    assert outcome.failing == set()
    assert outcome.agree(), outcome


def test_repositories_of_another_user(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for path in store.place("repositories").rglob("*"):
        os.chown(path, 0, 0)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"delete"}
    assert outcome.agree(), outcome


def test_sticky_directories_of_another_user(store: Store) -> None:
    store.seed()
    for path in (store.root, *store.root.rglob("*")):
        if path.is_dir():
            path.chmod(0o1777)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"delete", "gc"}
    assert outcome.agree(), outcome


def test_half_of_the_repositories_of_another_user_is_unknown(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for path in store.place("repositories", "seeded", "pull").rglob("*"):
        os.chown(path, 0, 0)
    outcome = store.judge(NOBODY)
    assert outcome.foretold["delete"] == "unknown"
    assert outcome.wrong() == set(), outcome
