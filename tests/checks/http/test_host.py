"""`http.host`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "http.host"


def under(host: str) -> str:
    return f"{FILESYSTEM}http: {{host: '{host}'}}\n"


@pytest.mark.parametrize(
    "host", ["10.0.0.1:5000", "http://[::1", "http://a b", "https://host:port", "%zz", "http://h/%", ":5000"]
)
def test_no_url(host: str) -> None:
    (finding,) = found(ID, under(host))
    assert finding.severity == "blocker"


@pytest.mark.parametrize("host", ["registry.example.com", "registry:5000", "/registry", "https:registry", "https://"])
def test_a_url_that_is_ignored(host: str) -> None:
    (finding,) = found(ID, under(host))
    assert finding.severity == "warning"


@pytest.mark.parametrize("host", ["https://registry.example.com", "http://10.0.0.1:5000", "https://[::1]:5000/x?y#z"])
def test_a_whole_url(host: str) -> None:
    assert found(ID, under(host)) == ()


def test_a_scheme_that_no_client_speaks() -> None:
    (finding,) = found(ID, under("tcp://registry:5000"))
    assert "tcp" in finding.what


def test_no_host() -> None:
    assert found(ID, FILESYSTEM) == ()
