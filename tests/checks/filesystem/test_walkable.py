"""`filesystem.walkable` against the real registry."""

from __future__ import annotations

import os

import pytest

from .conftest import NOBODY, Store


@pytest.mark.parametrize("place", ["repositories/lost+found", "blobs/sha256/00"])
def test_a_closed_directory_stops_collection(store: Store, place: str) -> None:
    store.seed()
    store.give_to(NOBODY)
    store.place(place).mkdir(exist_ok=True)
    os.chown(store.place(place), 0, 0)
    store.place(place).chmod(0o700)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"gc"}
    assert outcome.foretold["gc"] == "fails"
    assert outcome.wrong() == set(), outcome
