"""`http.secret`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "http.secret"
CACHE = "proxy: {remoteurl: 'https://registry-1.docker.io'}\n"


def test_without_one_replicas_differ() -> None:
    (finding,) = found(ID, FILESYSTEM)
    assert finding.severity == "warning"


@pytest.mark.parametrize("text", [f"{FILESYSTEM}http: {{secret: a}}\n", "filesystem: {rootdirectory: /srv/registry}\n"])
def test_a_secret_or_no_place_for_one(text: str) -> None:
    assert found(ID, text) == ()


def test_a_variable() -> None:
    assert found(ID, FILESYSTEM, {"REGISTRY_HTTP_SECRET": "a"}) == ()


def test_a_cache_of_3_x_needs_none() -> None:
    assert found(ID, FILESYSTEM + CACHE, target="registry-3.0") == ()


def test_a_cache_of_2_x_makes_one() -> None:
    assert len(found(ID, FILESYSTEM + CACHE)) == 1
