"""`filesystem.whole-images` against the real registry: stores that a backup or a crash left with gaps."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from registry_preflight import Status

from .conftest import Store, findings_of, status_of

ID = "filesystem.whole-images"


def rewrite(pattern: str, change: Callable[[bytes], bytes]) -> Callable[[Store], None]:
    """A fault: every such file of the store is changed."""

    def fault(store: Store) -> None:
        for path in store.place().rglob(pattern):
            path.write_bytes(change(path.read_bytes()))

    return fault


def data(store: Store, *links: str) -> list[Path]:
    """The blobs that links of these patterns name, below every repository."""
    found = [link.parent.name for pattern in links for link in store.place("repositories").rglob(pattern)]
    return [store.place("blobs", "sha256", digest[:2], digest, "data") for digest in found]


def without_layers(store: Store) -> None:
    for path in data(store, "_layers/sha256/*/link"):
        path.unlink()


def cut_manifests(store: Store) -> None:
    for path in data(store, "_manifests/revisions/sha256/*/link"):
        path.write_bytes(path.read_bytes()[:50])


def without_links(store: Store) -> None:
    for path in list(store.place().rglob("_layers")):
        shutil.rmtree(path)


FAULTS: dict[str, tuple[Callable[[Store], None], set[str]]] = {
    "no blobs": (lambda store: shutil.rmtree(store.place("blobs")), {"pull", "delete"}),
    "no layers": (without_layers, {"pull"}),
    "no links of layers": (without_links, {"pull"}),
    "blobs of no bytes": (rewrite("data", lambda content: b""), {"pull", "gc"}),
    "manifests cut short": (cut_manifests, {"pull", "gc"}),
    "links with a line end": (rewrite("link", lambda content: content + b"\n"), {"pull", "delete", "gc"}),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_store_with_gaps(store: Store, fault: tuple[Callable[[Store], None], set[str]]) -> None:
    store.seed()
    breaks, failing = fault
    breaks(store)
    outcome = store.judge()
    assert outcome.failing == failing
    assert outcome.agree(), outcome
    assert ID in outcome.failed_checks()


def test_one_image_of_three_is_a_warning(store: Store) -> None:
    store.seed()
    store.push_more()
    shutil.rmtree(store.place("repositories", "damaged", "_layers"))
    report = store.foretell()
    assert status_of(report, ID) is Status.WARNED
    assert "damaged" in findings_of(report, ID)[0].evidence[0]


def test_blobs_without_repositories(store: Store) -> None:
    store.seed()
    shutil.rmtree(store.place("repositories"))
    outcome = store.judge()
    assert outcome.failing == {"pull", "delete"}
    assert outcome.agree(), outcome
