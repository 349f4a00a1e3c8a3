"""`environment.proxy`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "environment.proxy"
PROXY = {"HTTPS_PROXY": "http://proxy:3128"}


@pytest.mark.parametrize(
    ("target", "severity"),
    [("registry-2.5", "note"), ("registry-2.7", "warning"), ("registry-2.8", "warning"), ("registry-3.0", "note")],
)
def test_skipverify_goes_round_the_proxy(target: str, severity: str) -> None:
    (finding,) = found(ID, s3("skipverify: true"), PROXY, target)
    assert finding.severity == severity


def test_without_skipverify_the_proxy_is_used() -> None:
    (finding,) = found(ID, s3(), PROXY)
    assert finding.severity == "note"


def test_a_proxy_that_go_does_not_read() -> None:
    (finding,) = found(ID, s3(), {"ALL_PROXY": "http://proxy:3128"})
    assert finding.where.variable == "ALL_PROXY"


def test_a_directory_needs_no_proxy() -> None:
    assert found(ID, FILESYSTEM, PROXY) == ()


@pytest.mark.parametrize(
    ("spared", "target", "unread"),
    [
        ("localhost, 10.0.0.0/8", "registry-2.5", "10.0.0.0/8"),
        ("localhost,10.0.0.0/8,*.example.com", "registry-2.8", ""),
        ("172.17.*", "registry-2.8", "172.17.*"),
        ("https://s3.example.com", "registry-3.1", "https://s3.example.com"),
        ("*", "registry-2.8", ""),
    ],
)
def test_what_go_passes_over(spared: str, target: str, unread: str) -> None:
    findings = [one.what for one in found(ID, s3(), {**PROXY, "NO_PROXY": spared}, target) if one.severity == "warning"]
    assert findings == ([f"{target} does not read {unread!r} in NO_PROXY."] if unread else [])
