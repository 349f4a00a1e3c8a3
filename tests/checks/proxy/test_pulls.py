"""`proxy.pulls`."""

from __future__ import annotations

from registry_preflight import Status, foretell

from ..findings import FILESYSTEM, found

ID = "proxy.pulls"


def test_a_cache_pulls_from_another_registry() -> None:
    results = {result.id: result for result in foretell(f"{FILESYSTEM}proxy: {{remoteurl: 'http://a'}}\n", {}).results}
    assert results[ID].status is Status.SKIPPED


def test_a_registry_pulls_from_its_own_storage() -> None:
    assert found(ID, FILESYSTEM) == ()
