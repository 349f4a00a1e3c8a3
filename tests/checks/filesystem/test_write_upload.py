"""`filesystem.write-upload` against the real registry, on a disk that writes and cannot flush."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures import disks

from registry_preflight import Outcome, Stage

from .conftest import Store


@pytest.mark.parametrize(("calls", "error"), [("fsync", "EIO"), ("mkdir,mkdirat", "EMLINK")])
def test_a_failing_step(store: Store, calls: str, error: str) -> None:
    store.seed()
    foretold, real, failed = store.judge_under(disks.failing(calls, error))
    assert {stage for stage, said in real.items() if said != "works"} == {"push"}
    assert {stage for stage, said in foretold.items() if said == "fails"} == {"push"}
    assert failed == ["filesystem.write-upload"]


@pytest.mark.parametrize("release", ["registry-2.5", "registry-2.7", "registry-3.0", "registry-3.1"])
def test_each_release_rehearses_in_its_own_way_and_leaves_nothing(store: Store, release: str) -> None:
    store.release = release
    report = store.foretell()
    assert report.predictions[Stage.PUSH].outcome is Outcome.WORKS


def test_read_only_leaves_the_push_open(store: Store) -> None:
    store.read_only = True
    assert store.foretell().predictions[Stage.PUSH].outcome is Outcome.UNKNOWN
