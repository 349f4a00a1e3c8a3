"""`filesystem.stray-files` against the real registry."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import referee

from registry_preflight import Status

from .conftest import Store, status_of


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
    store.seed()
    store.place("repositories", "_file").touch()
    outcome = store.judge()
    assert outcome.agree(), outcome
    assert status_of(outcome.report, "filesystem.stray-files") is Status.FAILED
    assert store.seeds is not None
    with referee.serving(store.config()) as client, pytest.raises(referee.StageFailed):
        client.pull(store.seeds.pull)


@pytest.mark.parametrize("place", ["repositories/.nfs0001", "repositories/README", "blobs/sha256/README"])
def test_files_that_do_no_harm(store: Store, place: str) -> None:
    store.seed()
    store.place(place).touch()
    outcome = store.judge()
    assert outcome.failing == set()
    assert status_of(outcome.report, "filesystem.stray-files") is Status.PASSED
    assert outcome.agree(), outcome


def test_a_file_among_the_tags_stops_deletes(store: Store) -> None:
    store.seed()
    for tags in store.place("repositories").rglob("_manifests/tags"):
        (tags / ".DS_Store").write_text("from a laptop")
    outcome = store.judge()
    assert outcome.failing == {"delete"}
    assert outcome.agree(), outcome
