"""`filesystem.root-directory` against the real registry."""

from __future__ import annotations

import os

import pytest

from .conftest import NOBODY, Store

EVERYTHING = {"push", "pull", "delete", "gc"}


def test_a_store_that_works(store: Store) -> None:
    store.seed()
    outcome = store.judge()
    assert outcome.failing == set()
    assert outcome.agree(), outcome


def test_a_store_of_the_user(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    outcome = store.judge(NOBODY)
    assert outcome.failing == set()
    assert outcome.agree(), outcome


@pytest.mark.parametrize("fault", ["file", "dangling link", "circle of links", "below a file"])
def test_something_in_the_way(store: Store, fault: str) -> None:
    root = store.folder / "other"
    if fault == "dangling link":
        root.symlink_to("nowhere")
    elif fault == "circle of links":
        root.symlink_to("other")
    else:
        root.touch()
    outcome = store.judge(root=root / "below" if fault == "below a file" else root)
    assert outcome.failing == EVERYTHING
    assert outcome.failed_checks() == {"filesystem.root-directory"}
    assert outcome.agree(), outcome


def test_a_link_to_a_directory_is_followed(store: Store) -> None:
    store.seed()
    link = store.folder / "link"
    link.symlink_to("root")
    outcome = store.judge(root=link)
    assert outcome.agree(), outcome


def test_missing_and_not_to_be_made(store: Store) -> None:
    outcome = store.judge(NOBODY, root=store.folder / "missing" / "root")
    assert outcome.failing == EVERYTHING
    assert outcome.failed_checks() == {"filesystem.root-directory"}
    assert outcome.agree(), outcome


def test_below_a_file_system_that_makes_no_directories(store: Store) -> None:
    from pathlib import Path

    outcome = store.judge(root=Path("/proc/nope"))
    assert outcome.failing == EVERYTHING
    assert outcome.foretold["push"] == "fails"


def test_no_way_to_the_root(store: Store) -> None:
    inner = store.folder / "closed"
    inner.mkdir(mode=0o700)
    os.rename(store.root, inner / "root")
    store.root = inner / "root"
    store.seed()
    store.give_to(NOBODY)
    outcome = store.judge(NOBODY)
    assert outcome.failing == EVERYTHING
    assert outcome.agree(), outcome


def test_missing_and_made_by_the_registry(store: Store) -> None:
    store.folder.joinpath("parent").mkdir()
    outcome = store.judge(root=store.folder / "parent" / "a" / "b")
    assert outcome.foretold["push"] == outcome.real["push"] == "works"
