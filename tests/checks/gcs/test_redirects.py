"""`gcs.redirects`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import gcs
from ..findings import found


def test_3_1_asks_google_to_sign() -> None:
    (finding,) = found("gcs.redirects", gcs(), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.gcs")
    assert not finding.breaks


def test_2_8_hands_out_layers_itself() -> None:
    (finding,) = found("gcs.redirects", gcs())
    assert (finding.severity, finding.where.path) == ("note", "storage.gcs")
    assert not finding.breaks


def test_switched_off_nothing_is_signed() -> None:
    assert not found("gcs.redirects", gcs(beside="  redirect: {disable: true}\n"), target="registry-3.1")


def test_a_key_signs() -> None:
    assert not found("gcs.redirects", gcs("keyfile: /nowhere/key.json"), target="registry-3.1")
