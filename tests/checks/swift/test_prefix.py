"""`swift.prefix`: what it finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from registry_preflight import PUSH

from ..drivers import swift
from ..findings import found


def test_rootdirectory_is_ignored() -> None:
    (finding,) = found("swift.prefix", swift("rootdirectory: /team"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.rootdirectory")
    assert not finding.breaks


def test_a_prefix_is_fine() -> None:
    assert not found("swift.prefix", swift("prefix: team"))


@pytest.mark.parametrize("name", ["a%20b", "a?b", "a&b"])
def test_segments_can_t_be_joined_by_some_names(name: str) -> None:
    (finding,) = found("swift.prefix", swift(f"prefix: '{name}'"))
    assert (finding.severity, finding.breaks) == ("blocker", (PUSH,))


@pytest.mark.parametrize("name", ["a b", "50%", "a+b", "ü", "a#b"])
def test_others_will_do(name: str) -> None:
    assert not found("swift.prefix", swift(f"prefix: '{name}'"))
