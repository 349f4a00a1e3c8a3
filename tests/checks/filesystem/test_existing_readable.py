"""`filesystem.existing-readable` against the real registry."""

from __future__ import annotations

import os

from .conftest import NOBODY, Store


def test_a_store_of_root_that_nobody_else_may_read(store: Store) -> None:
    store.seed()
    store.chmod("go-rwx")
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"push", "pull", "delete", "gc"}
    assert outcome.agree(), outcome


def test_files_that_the_user_may_not_read(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for path in store.root.rglob("*"):
        if path.is_file():
            os.chown(path, 0, 0)
            path.chmod(0o600)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"pull", "delete", "gc"}
    assert outcome.agree(), outcome
