"""`moving.tls-versions`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_tls_1_0_is_refused() -> None:
    (finding,) = found(
        "moving.tls-versions", "version: 0.1\nstorage: {inmemory: {}}\nhttp: {tls: {minimumtls: tls1.0}}\n"
    )
    assert (finding.severity, finding.where.path) == ("note", "http.tls.minimumtls")
    assert not finding.breaks


def test_tls_1_2_is_fine() -> None:
    assert not found(
        "moving.tls-versions", "version: 0.1\nstorage: {inmemory: {}}\nhttp: {tls: {minimumtls: tls1.2}}\n"
    )
