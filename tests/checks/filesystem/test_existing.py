"""`filesystem.existing-*`, `walkable` and `blob-directories` against the real registry."""

from __future__ import annotations

import os
import subprocess

import pytest
from registry_preflight.fixtures.registry import BackendMissing

from registry_preflight import check_config, load_config

from .conftest import NOBODY, Store


def close(store: Store, *modes: str) -> None:
    subprocess.run(["chmod", "-R", *modes, str(store.root)], check=True)


def test_a_store_of_root_that_all_may_read(store: Store) -> None:
    store.seed()
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"push", "delete", "gc"}
    assert {"filesystem.existing-manifests", "filesystem.existing-blobs", "filesystem.write-upload"} <= outcome.failed_checks()
    assert outcome.agree(), outcome


def test_a_store_of_root_that_nobody_else_may_read(store: Store) -> None:
    store.seed()
    close(store, "go-rwx")
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"push", "pull", "delete", "gc"}
    assert outcome.agree(), outcome


def test_a_store_of_root_that_all_may_write(store: Store) -> None:
    store.seed()
    close(store, "a+rwX")
    outcome = store.judge(NOBODY)
    assert outcome.failing == set()
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


def test_repositories_of_another_user(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for path in store.place("repositories").rglob("*"):
        os.chown(path, 0, 0)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"delete"}
    assert outcome.agree(), outcome


def test_blobs_of_another_user(store: Store) -> None:
    store.seed()
    store.give_to(NOBODY)
    for path in store.place("blobs").rglob("*"):
        os.chown(path, 0, 0)
    outcome = store.judge(NOBODY)
    assert outcome.failing == {"push", "gc"}
    assert outcome.agree(), outcome


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
    assert report.predictions["push"].outcome == "unknown"  # type: ignore[index]


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


def test_an_append_only_directory_keeps_the_probe_and_that_is_told(store: Store) -> None:
    store.seed()
    closed = store.place("repositories")
    if subprocess.run(["chattr", "+a", str(closed)], capture_output=True).returncode:
        raise BackendMissing("this file system has no append-only directories")
    try:
        report = check_config(load_config(store.config().read_bytes(), {}, store.release))
        assert [left.partition(":")[0] for left in report.left_behind] == [f"directory {next(closed.glob('registry-preflight-*'))}"]
    finally:
        subprocess.run(["chattr", "-a", str(closed)], check=True)
