"""`moving.redirect-middleware`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_2_x_drops_the_path() -> None:
    (finding,) = found(
        "moving.redirect-middleware",
        "version: 0.1\nstorage: {inmemory: {}}\nmiddleware: {storage: [{name: redirect, options: {baseurl: https://cdn.example.com/images}}]}\n",
    )
    assert (finding.severity, finding.where.path) == ("note", "middleware.storage[0].options.baseurl")
    assert not finding.breaks


def test_no_path_is_fine() -> None:
    assert not found(
        "moving.redirect-middleware",
        "version: 0.1\nstorage: {inmemory: {}}\nmiddleware: {storage: [{name: redirect, options: {baseurl: https://cdn.example.com}}]}\n",
        target="registry-3.1",
    )
