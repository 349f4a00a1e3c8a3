"""`environment.case`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "environment.case"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("registry_http_addr", "REGISTRY_HTTP_ADDR"),
        ("Registry_Http_Addr", "REGISTRY_HTTP_ADDR"),
        ("REGISTRY_http_addr", "REGISTRY_HTTP_ADDR"),
        ("REGISTRY-HTTP-ADDR", "REGISTRY_HTTP_ADDR"),
        ("DOCKER_REGISTRY_HTTP_ADDR", "REGISTRY_HTTP_ADDR"),
    ],
)
def test_the_spelling_that_the_registry_reads(name: str, meant: str) -> None:
    (finding,) = found(ID, FILESYSTEM, {name: ":5000"})
    assert f"Set {meant} " in finding.fix


@pytest.mark.parametrize("name", ["REGISTRY_HTTP_ADDR", "DOCKER_REGISTRY_URL", "PATH", "http_proxy"])
def test_other_names(name: str) -> None:
    assert found(ID, FILESYSTEM, {name: "x"}) == ()
