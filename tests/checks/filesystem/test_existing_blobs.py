"""`filesystem.existing-blobs` against the real registry."""

from __future__ import annotations

import os

from .conftest import NOBODY, Store


def test_blobs_of_another_user(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for path in store.place("blobs").rglob("*"):
        os.chown(path, 0, 0)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"push", "gc"}
    assert outcome.agree(), outcome


def test_one_blob_of_another_user_is_unknown(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    blob = next(store.place("blobs", "sha256").glob("*/*"))
    os.chown(blob, 0, 0)
    outcome = store.judge(NOBODY)
    assert outcome.foretold["gc"] == "unknown"
    assert outcome.wrong() == set(), outcome
