"""`moving.azure-container`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import azure, azure3
from ..findings import found


def test_nobody_makes_the_container_in_3_x() -> None:
    (finding,) = found("moving.azure-container", azure())
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.container")
    assert not finding.breaks


def test_nor_does_this_release() -> None:
    (finding,) = found("moving.azure-container", azure3(), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.container")
    assert not finding.breaks
