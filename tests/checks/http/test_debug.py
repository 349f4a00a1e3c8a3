"""`http.debug`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "http.debug"


def debugging(settings: str) -> str:
    return f"{FILESYSTEM}http: {{addr: '127.0.0.1:5000', debug: {{{settings}}}}}\n"


@pytest.mark.parametrize("addr", ["localhost", "5001", ":70000", "127.0.0.1:5000", ":5000"])
def test_a_listener_that_has_no_place(addr: str) -> None:
    (finding,) = found(ID, debugging(f"addr: '{addr}'"))
    assert (finding.severity, finding.where.path) == ("blocker", "http.debug.addr")


@pytest.mark.parametrize("addr", ["localhost:5001", "127.0.0.2:5000", "127.0.0.1:0"])
def test_a_listener_of_its_own(addr: str) -> None:
    assert found(ID, debugging(f"addr: '{addr}'")) == ()


def test_one_that_everybody_reaches_is_a_note() -> None:
    (finding,) = found(ID, debugging("addr: ':5001'"))
    assert finding.severity == "note"


@pytest.mark.parametrize("path", ["/debug/health", "/debug/vars", "/debug/pprof/", "/debug/pprof/trace"])
def test_metrics_in_the_place_of_something_else(path: str) -> None:
    (finding,) = found(ID, debugging(f"prometheus: {{enabled: true, path: {path}}}"))
    assert finding.severity == "blocker"


@pytest.mark.parametrize("settings", ["enabled: true", "enabled: true, path: /debug/pprof", "path: /debug/health"])
def test_metrics_with_a_place(settings: str) -> None:
    assert found(ID, debugging(f"prometheus: {{{settings}}}")) == ()


def test_3_x_serves_metrics_only_with_a_listener() -> None:
    assert found(ID, debugging("prometheus: {enabled: true, path: /debug/health}"), target="registry-3.1") == ()


def test_3_x_with_a_listener() -> None:
    text = debugging("addr: 'localhost:5001', prometheus: {enabled: true, path: /debug/health}")
    (finding,) = found(ID, text, target="registry-3.1")
    assert finding.severity == "blocker"
