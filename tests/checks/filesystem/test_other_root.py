"""`filesystem.other-root` against the real registry."""

from __future__ import annotations

import pytest

from .conftest import Store, findings_of


@pytest.mark.parametrize("place", [".", "root/docker", "root/docker/registry/v2"])
def test_a_store_beside_the_root_directory(store: Store, place: str) -> None:
    store.seed()
    outcome = store.judge(root=store.folder / place)
    assert outcome.failing == {"pull", "delete"}
    assert outcome.agree(), outcome
    (finding,) = findings_of(outcome.report, "filesystem.other-root")
    assert f": {store.root} " in finding.fix


def test_an_empty_directory(store: Store) -> None:
    assert findings_of(store.foretell(), "filesystem.other-root") == []
