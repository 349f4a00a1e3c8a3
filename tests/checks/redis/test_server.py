"""`redis.server`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "redis.server"


@pytest.mark.parametrize(
    ("settings", "target"), [("{addr: 'a:1'}", "registry-3.1"), ("{addrs: ['a:1']}", "registry-2.8")]
)
def test_the_section_of_another_release(settings: str, target: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}redis: {settings}\n", target=target)
    assert "does not read" in finding.what


@pytest.mark.parametrize("settings", ["{}", "{db: 1}", "{addr: ''}"])
def test_a_section_without_a_server(settings: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}redis: {settings}\n")
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("settings", "target"), [("{addrs: ['a:1']}", "registry-3.1"), ("{addr: 'a:1'}", "registry-2.5")]
)
def test_a_server(settings: str, target: str) -> None:
    assert found(ID, f"{FILESYSTEM}redis: {settings}\n", target=target) == ()


def test_no_section() -> None:
    assert found(ID, FILESYSTEM) == ()
