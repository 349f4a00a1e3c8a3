"""`filesystem.service-user`: a hint where root checked the store of another user."""

from __future__ import annotations

from .conftest import NOBODY, Store, findings_of


def test_root_checks_the_store_of_another_user(store: Store) -> None:
    store.give_to(NOBODY)
    assert "--as-user 65534:65534" in findings_of(store.foretell(), "filesystem.service-user")[0].fix


def test_the_user_was_named(store: Store) -> None:
    store.give_to(NOBODY)
    assert findings_of(store.foretell(NOBODY), "filesystem.service-user") == []


def test_a_store_of_root(store: Store) -> None:
    assert findings_of(store.foretell(), "filesystem.service-user") == []
