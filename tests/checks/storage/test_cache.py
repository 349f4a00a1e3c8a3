"""`storage.cache`."""

from __future__ import annotations

import pytest

from registry_preflight import START

from ..findings import FILESYSTEM, found

ID = "storage.cache"


def cached(settings: str, top: str = "") -> str:
    return f"version: 0.1\n{top}storage: {{inmemory: {{}}, cache: {settings}}}\n"


@pytest.mark.parametrize("settings", ["{blobdescriptor: redis}", "{layerinfo: redis}"])
@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.8", "registry-3.1"])
def test_redis_without_a_server(settings: str, target: str) -> None:
    (finding,) = found(ID, cached(settings), target=target)
    assert (finding.severity, START in finding.breaks) == ("blocker", True)


def test_redis_with_a_server() -> None:
    assert found(ID, cached("{blobdescriptor: redis}", "redis: {addr: 'localhost:6379'}\n")) == ()


def test_redis_with_the_server_where_3_x_does_not_look() -> None:
    text = cached("{blobdescriptor: redis}", "redis: {addr: 'localhost:6379'}\n")
    (finding,) = found(ID, text, target="registry-3.1")
    assert "addrs" in finding.what


@pytest.mark.parametrize(
    "settings",
    ["{blobdescriptor: memory}", "{blobdescriptor: Redis}", "{}", "{blobdescriptor: }", "{blobdescriptor: 5}"],
)
def test_a_cache_that_nobody_knows(settings: str) -> None:
    (finding,) = found(ID, cached(settings))
    assert finding.severity == "warning"


@pytest.mark.parametrize("settings", ["{blobdescriptor: inmemory}", "{layerinfo: inmemory}", "{blobdescriptor: ''}"])
def test_a_cache_that_needs_nothing(settings: str) -> None:
    assert found(ID, cached(settings)) == ()


def test_null_hides_the_older_name() -> None:
    (finding,) = found(ID, cached("{blobdescriptor: , layerinfo: redis}"))
    assert finding.severity == "warning"


def test_no_cache() -> None:
    assert found(ID, FILESYSTEM) == ()


@pytest.mark.parametrize("size", ["abc", "1e6", "true", "", "1.5", "0x10"])
def test_a_size_that_is_no_number(size: str) -> None:
    text = cached(f"{{blobdescriptor: inmemory, blobdescriptorsize: '{size}'}}")
    (finding,) = found(ID, text, target="registry-3.1")
    assert finding.severity == "blocker"


@pytest.mark.parametrize("size", ["0", "-1", "10000", "'+5'", "100.0"])
def test_a_size_that_is_a_number(size: str) -> None:
    assert found(ID, cached(f"{{blobdescriptor: inmemory, blobdescriptorsize: {size}}}"), target="registry-3.1") == ()


def test_a_size_that_2_x_does_not_read() -> None:
    (finding,) = found(ID, cached("{blobdescriptor: inmemory, blobdescriptorsize: abc}"))
    assert finding.severity == "note"
