"""`moving.gcs-redirects`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import gcs
from ..findings import found


def test_3_x_asks_google_to_sign() -> None:
    (finding,) = found("moving.gcs-redirects", gcs("chunksize: 5242880"))
    assert (finding.severity, finding.where.path) == ("note", "storage.gcs")
    assert not finding.breaks


def test_chunks_grow() -> None:
    (finding,) = found("moving.gcs-redirects", gcs("keyfile: /nowhere/key.json"))
    assert (finding.severity, finding.where.path) == ("note", "storage.gcs.chunksize")
    assert not finding.breaks


def test_a_key_and_a_size_are_fine() -> None:
    assert not found("moving.gcs-redirects", gcs("keyfile: /nowhere/key.json", "chunksize: 5242880"))
