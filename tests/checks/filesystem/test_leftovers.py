"""`filesystem.leftovers`, and what becomes of what a killed run leaves: the registry does not mind, a later run finds it."""

from __future__ import annotations

import subprocess

from registry_preflight.fixtures import referee
from registry_preflight.fixtures.backend import BackendMissing

from registry_preflight import Options, Status, check_config, load_config
from registry_preflight.ledger import Ledger
from registry_preflight.storage.filesystem import FilesystemStorage

from .conftest import NOBODY, Store, snapshot, status_of


def handle(store: Store, run: str = "20240102030405-0badcafe", user: int | None = None) -> FilesystemStorage:
    options = Options(as_user=None if user is None else (user, user))
    return FilesystemStorage(
        load_config(store.config().read_bytes(), {}, store.release, options=options), Ledger(), run
    )


def interrupted(store: Store) -> FilesystemStorage:
    """The leftovers of a run that was killed in the middle."""
    storage = handle(store)
    moved, begun = storage.upload("move"), storage.upload("write")
    moved.start()
    moved.fill()
    moved.commit()
    begun.start()
    begun.put("hashstates/sha256/0", "state")
    return storage


def test_the_catalog_does_not_show_leftovers(store: Store) -> None:
    store.seed()
    interrupted(store)
    with referee.serving(store.config()) as client:
        assert client.catalog() == ["seeded/collect", "seeded/delete", "seeded/pull"]


def test_collection_does_not_trip_over_leftovers(store: Store) -> None:
    store.seed()
    interrupted(store)
    outcome = store.judge()
    assert outcome.failing == set()
    assert outcome.agree(), outcome


def test_leftovers_are_told(store: Store) -> None:
    interrupted(store)
    report = store.foretell()
    assert status_of(report, "filesystem.leftovers") is Status.PASSED
    assert [found for result in report.results if result.id == "filesystem.leftovers" for found in result.findings]


def test_leftovers_are_found_by_name_and_removed(store: Store) -> None:
    store.seed()
    before = {path for path in snapshot(store.folder) if "blobs/sha256" not in path}
    blobs = {path for path in snapshot(store.folder) if path.endswith("/data")}
    interrupted(store)
    assert handle(store, "other").clean_up() == []
    after = snapshot(store.folder)
    assert {path for path in after if "blobs/sha256" not in path} == before
    assert {path for path in after if path.endswith("/data")} == blobs


def test_the_ledger_removes_them_all(store: Store) -> None:
    store.config()
    before = snapshot(store.folder)
    storage = interrupted(store)
    assert storage.ledger.remove_all() == []
    assert snapshot(store.folder) == before


def test_directories_that_a_registry_uses_meanwhile_stay(store: Store) -> None:
    storage = interrupted(store)
    store.seed()
    assert storage.ledger.remove_all() == []
    assert store.judge().failing == set()


def test_probes_follow_no_link_of_their_name(store: Store) -> None:
    victim = store.folder / "victim"
    victim.mkdir()
    store.place("repositories").mkdir(parents=True)
    (victim / "precious").write_text("kept")
    storage = handle(store, "run")
    store.place("repositories", "registry-preflight-20260101000000-0badcafe").symlink_to(victim)
    assert storage.clean_up() != []
    assert (victim / "precious").read_text() == "kept"


def test_probes_belong_to_the_user_that_was_named(store: Store) -> None:
    store.give_to(NOBODY)
    storage = handle(store, user=NOBODY)
    storage.upload("write").start()
    assert {entry[1] for path, entry in snapshot(store.root).items()} == {NOBODY}
    assert storage.ledger.remove_all() == []


def test_an_append_only_directory_keeps_the_probe_and_that_is_told(store: Store) -> None:
    store.seed()
    closed = store.place("repositories")
    if subprocess.run(["chattr", "+a", str(closed)], capture_output=True, check=False).returncode:
        raise BackendMissing("this file system has no append-only directories")
    try:
        report = check_config(load_config(store.config().read_bytes(), {}, store.release))
        assert [left.partition(":")[0] for left in report.left_behind] == [
            f"directory {next(closed.glob('registry-preflight-*'))}"
        ]
    finally:
        subprocess.run(["chattr", "-a", str(closed)], check=True)
