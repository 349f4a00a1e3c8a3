"""`filesystem.remove-upload` against the real registry, on a disk that lets nothing go (a write-once share)."""

from __future__ import annotations

from registry_preflight.fixtures import disks

from .conftest import Store


def test_nothing_can_be_removed(store: Store) -> None:
    store.seed()
    foretold, real, failed = store.judge_under(disks.failing("unlink,unlinkat,rmdir", "EPERM"))
    assert {stage for stage, said in real.items() if said != "works"} == {"push", "delete", "gc"}
    assert {stage for stage, said in foretold.items() if said == "fails"} == {"push", "delete", "gc"}
    assert failed == ["filesystem.remove-upload"]
