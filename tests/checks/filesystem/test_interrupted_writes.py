"""`filesystem.interrupted-writes` against the real registry."""

from __future__ import annotations

import shutil

import pytest

from registry_preflight import Status

from .conftest import Store, status_of


@pytest.mark.parametrize(
    ("links", "failing"),
    [
        ("_manifests/revisions/sha256/*/link", {"gc"}),
        ("_manifests/tags/*/current/link", set()),
        ("_layers/sha256/*/link", set()),
    ],
)
def test_empty_links(store: Store, links: str, failing: set[str]) -> None:
    store.seed()
    store.push_more()
    for link in store.place("repositories", "damaged").glob(links):
        link.write_bytes(b"")
    outcome = store.judge()
    assert outcome.failing == failing
    assert status_of(outcome.report, "filesystem.interrupted-writes") is (Status.FAILED if failing else Status.WARNED)
    assert outcome.agree(), outcome


def test_an_empty_manifest(store: Store) -> None:
    store.seed()
    store.push_more()
    revision = next(store.place("repositories", "damaged", "_manifests", "revisions", "sha256").iterdir()).name
    store.place("blobs", "sha256", revision[:2], revision, "data").write_bytes(b"")
    outcome = store.judge()
    assert outcome.failing == {"gc"}
    assert outcome.agree(), outcome


def test_a_repository_without_manifests_is_no_matter_on_2_8(store: Store) -> None:
    store.seed()
    store.push_more()
    shutil.rmtree(store.place("repositories", "damaged", "_manifests"))
    outcome = store.judge()
    assert outcome.failing == set()
    assert outcome.agree(), outcome
