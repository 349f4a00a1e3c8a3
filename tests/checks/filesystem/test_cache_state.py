"""`filesystem.cache-state` against the real registry, whose remote is a port that nobody listens on."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.registry import Registry

from registry_preflight import check_config, load_config

from .conftest import Store, findings_of


@pytest.mark.parametrize(
    ("content", "reads"), [("", False), ('{"a"', False), ("[]", False), ("{}", True), ("null", True)]
)
def test_the_state_of_a_cache(store: Store, registry: Registry, content: str, reads: bool) -> None:
    (store.root / "scheduler-state.json").write_text(content)
    text = store.config().read_text() + "proxy: {remoteurl: 'http://127.0.0.1:9'}\n"
    report = check_config(load_config(text.encode(), {}, "registry-2.8"))
    # What comes after the state is the network.
    assert registry.start(text).by_network is reads
    assert bool(findings_of(report, "filesystem.cache-state")) is not reads


def test_a_registry_of_its_own_does_not_look(store: Store) -> None:
    (store.root / "scheduler-state.json").write_text("")
    assert findings_of(store.foretell(), "filesystem.cache-state") == []
