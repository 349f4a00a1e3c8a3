"""`filesystem.blob-directories` against the real registry."""

from __future__ import annotations

import os

from registry_preflight import Outcome, Stage

from .conftest import NOBODY, Store


def test_every_blob_directory_closed_but_few(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for number in range(256):
        place = store.place("blobs", "sha256", f"{number:02x}")
        if not place.exists() and number % 16:
            place.mkdir(mode=0o755)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"push"}
    assert "filesystem.blob-directories" in outcome.failed_checks()
    assert outcome.agree(), outcome


def test_a_push_that_chance_decides_is_unknown(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for number in range(0, 256, 4):
        store.place("blobs", "sha256", f"{number:02x}").mkdir(mode=0o755, exist_ok=True)
        os.chown(store.place("blobs", "sha256", f"{number:02x}"), 0, 0)
    report = store.foretell(NOBODY)
    assert report.predictions[Stage.PUSH].outcome is Outcome.UNKNOWN
