"""`log.formatter`."""

from __future__ import annotations

import pytest

from registry_preflight import GC, START

from ..findings import FILESYSTEM, found

ID = "log.formatter"


@pytest.mark.parametrize("name", ["JSON", "plain", "5", "logfmt"])
def test_an_unknown_formatter_stops_serve_and_gc(name: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}log: {{formatter: {name}}}\n")
    assert {START, GC} <= set(finding.breaks)


@pytest.mark.parametrize("name", ["text", "json", "logstash", "''", ""])
def test_a_known_formatter(name: str) -> None:
    assert found(ID, f"{FILESYSTEM}log: {{formatter: {name}}}\n") == ()


def test_no_formatter() -> None:
    assert found(ID, FILESYSTEM) == ()
