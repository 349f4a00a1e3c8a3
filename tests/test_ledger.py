"""The ledger: what was entered is removed, the latest first, whatever happens in between."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from registry_preflight.ledger import Ledger, LedgerClosed


def test_the_latest_goes_first() -> None:
    gone: list[str] = []
    ledger = Ledger()
    for name in ("directory", "file"):
        ledger.record("thing", name, lambda name=name: gone.append(name))  # type: ignore[misc]
    assert ledger.remove_all() == []
    assert gone == ["file", "directory"]


def test_what_never_came_into_being_counts_as_removed(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.record("file", "missing", lambda: os.unlink(tmp_path / "missing"))
    assert ledger.remove_all() == []


def test_what_cannot_be_removed_is_named_and_hides_nothing_else() -> None:
    gone: list[str] = []
    ledger = Ledger()
    ledger.record("file", "first", lambda: gone.append("first"))
    ledger.record("file", "second", lambda: os.rmdir("/proc/self"))
    left = ledger.remove_all()
    assert gone == ["first"]
    assert len(left) == 1 and left[0].startswith("file second: ")


def test_a_second_call_goes_on_with_what_is_left() -> None:
    tries: list[int] = []

    def stubborn() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise PermissionError("not yet")

    ledger = Ledger()
    ledger.record("file", "stubborn", stubborn)
    assert len(ledger.remove_all()) == 1
    assert ledger.remove_all() == []


def test_an_interrupt_in_the_middle_loses_nothing() -> None:
    gone: list[str] = []

    def interrupted() -> None:
        gone.append("interrupt")
        if len(gone) == 1:
            raise KeyboardInterrupt

    ledger = Ledger()
    ledger.record("file", "first", lambda: gone.append("first"))
    ledger.record("file", "second", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ledger.remove_all()
    assert ledger.remove_all() == []
    assert gone == ["interrupt", "interrupt", "first"]


def test_nothing_is_created_once_the_removal_has_begun() -> None:
    ledger = Ledger()
    ledger.remove_all()
    with pytest.raises(LedgerClosed):
        ledger.record("file", "late", lambda: None)


def test_the_removal_waits_for_what_is_being_created() -> None:
    ledger = Ledger()
    there: set[str] = set()
    begun, go_on = threading.Event(), threading.Event()

    def create() -> None:
        with ledger.creating("file", "slow", lambda: there.discard("slow")):
            begun.set()
            go_on.wait(10)
            there.add("slow")

    creator = threading.Thread(target=create)
    creator.start()
    begun.wait(10)
    threading.Timer(0.05, go_on.set).start()
    assert ledger.remove_all() == []
    creator.join()
    assert there == set()


def test_it_does_not_wait_for_ever() -> None:
    ledger = Ledger()
    with ledger.creating("file", "stuck", lambda: None):
        assert ledger.remove_all(patience=0.05) == ["file stuck: it was still being created when the run ended"]


def test_no_more_than_its_limit() -> None:
    ledger = Ledger(limit=1)
    ledger.record("file", "one", lambda: None)
    with pytest.raises(LedgerClosed):
        ledger.record("file", "two", lambda: None)


def test_what_was_removed_early_is_not_removed_again() -> None:
    gone: list[int] = []
    ledger = Ledger()
    ledger.remove(ledger.record("file", "early", lambda: gone.append(1)))
    assert ledger.remove_all() == []
    assert gone == [1]
