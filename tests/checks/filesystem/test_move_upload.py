"""`filesystem.move-upload` against the real registry, on a disk that cannot rename and one that may not."""

from __future__ import annotations

import os

from registry_preflight.fixtures import disks

from .conftest import NOBODY, Store


def test_renaming_is_not_supported(store: Store) -> None:
    store.seed()
    foretold, real, failed = store.judge_under(disks.failing("rename,renameat,renameat2", "EOPNOTSUPP"))
    assert {stage for stage, said in real.items() if said != "works"} == {"push"}
    assert {stage for stage, said in foretold.items() if said == "fails"} == {"push"}
    assert failed == ["filesystem.move-upload"]


def test_blobs_that_the_user_may_not_begin(store: Store) -> None:
    store.place("repositories").mkdir(parents=True)
    store.place("blobs").mkdir()
    store.give_to(NOBODY)
    os.chown(store.place("blobs"), 0, 0)
    outcome = store.judge(NOBODY)
    assert outcome.real["push"] != "works"
    assert outcome.foretold["push"] == "fails"
    assert outcome.failed_checks() == {"filesystem.move-upload"}
