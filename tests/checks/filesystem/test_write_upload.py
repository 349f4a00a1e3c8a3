"""`filesystem.write-upload` against the real registry, on a disk that writes and cannot flush."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import disks

from .conftest import Store


@pytest.mark.parametrize(("calls", "error"), [("fsync", "EIO"), ("mkdir,mkdirat", "EMLINK")])
def test_a_failing_step(store: Store, calls: str, error: str) -> None:
    store.seed()
    foretold, real, failed = store.judge_under(disks.failing(calls, error))
    print(foretold, real, failed)
    assert {stage for stage, said in real.items() if said != "works"} == {"push"}
    assert {stage for stage, said in foretold.items() if said == "fails"} == {"push"}
    assert failed == ["filesystem.write-upload"]
