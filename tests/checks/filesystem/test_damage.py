"""`filesystem.interrupted-writes` and `stray-files` against the real registry."""

from __future__ import annotations

import shutil

import pytest
from registry_preflight.fixtures import referee

from registry_preflight import Status

from .conftest import Store, status_of


def seeded(store: Store) -> referee.Seeds:
    store.seed()
    assert store.seeds is not None
    # One more, for the damage: the others stay whole for the registry to prove itself on.
    with referee.serving(store.config()) as client:
        client.push(referee.image("damaged", [100]))
    return store.seeds


@pytest.mark.parametrize(
    ("links", "failing"),
    [
        ("_manifests/revisions/sha256/*/link", {"gc"}),
        ("_manifests/tags/*/current/link", set()),
        ("_layers/sha256/*/link", set()),
    ],
)
def test_empty_links(store: Store, links: str, failing: set[str]) -> None:
    seeded(store)
    for link in store.place("repositories", "damaged").glob(links):
        link.write_bytes(b"")
    outcome = store.judge()
    assert outcome.failing == failing
    assert status_of(outcome.report, "filesystem.interrupted-writes") is (Status.FAILED if failing else Status.WARNED)
    assert outcome.agree(), outcome


def test_an_empty_manifest(store: Store) -> None:
    seeded(store)
    revision = next(store.place("repositories", "damaged", "_manifests", "revisions", "sha256").iterdir()).name
    store.place("blobs", "sha256", revision[:2], revision, "data").write_bytes(b"")
    outcome = store.judge()
    assert outcome.failing == {"gc"}
    assert outcome.agree(), outcome


def test_a_repository_without_manifests_is_no_matter_on_2_8(store: Store) -> None:
    seeded(store)
    shutil.rmtree(store.place("repositories", "damaged", "_manifests"))
    outcome = store.judge()
    assert outcome.failing == set()
    assert outcome.agree(), outcome


@pytest.mark.parametrize("place", ["repositories/Wrong/_layers", "repositories/.snapshot/_layers"])
def test_a_name_that_no_repository_may_have(store: Store, place: str) -> None:
    store.seed()
    store.place(place).mkdir(parents=True)
    outcome = store.judge()
    assert outcome.failing == {"gc"}
    assert outcome.agree(), outcome


@pytest.mark.parametrize("place", ["blobs/data", "blobs/sha256/zz/data", "blobs/sha256/zz/short/data"])
def test_data_that_is_no_blob(store: Store, place: str) -> None:
    store.seed()
    store.place(place).parent.mkdir(parents=True, exist_ok=True)
    store.place(place).touch()
    outcome = store.judge()
    assert outcome.failing == {"gc"}
    assert outcome.agree(), outcome


def test_a_file_that_hides_repositories_from_collection(store: Store) -> None:
    seeds = seeded(store)
    store.place("repositories", "_file").touch()
    outcome = store.judge()
    assert outcome.agree(), outcome
    assert status_of(outcome.report, "filesystem.stray-files") is Status.FAILED
    with referee.serving(store.config()) as client, pytest.raises(referee.StageFailed):
        client.pull(seeds.pull)


@pytest.mark.parametrize("place", ["repositories/.nfs0001", "repositories/README", "blobs/sha256/README"])
def test_files_that_do_no_harm(store: Store, place: str) -> None:
    store.seed()
    store.place(place).touch()
    outcome = store.judge()
    assert outcome.failing == set()
    assert status_of(outcome.report, "filesystem.stray-files") is Status.PASSED
    assert outcome.agree(), outcome
