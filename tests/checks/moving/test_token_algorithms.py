"""`moving.token-algorithms`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_tokens_are_checked_anew() -> None:
    (finding,) = found(
        "moving.token-algorithms",
        "version: 0.1\nstorage: {inmemory: {}}\nauth: {token: {realm: r, service: s, issuer: i, rootcertbundle: /c}}\n",
    )
    assert (finding.severity, finding.where.path) == ("note", "auth.token")
    assert not finding.breaks


def test_no_tokens_are_fine() -> None:
    assert not found("moving.token-algorithms", "version: 0.1\nstorage: {inmemory: {}}\n\n")
