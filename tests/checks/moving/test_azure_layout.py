"""`moving.azure-layout`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import azure
from ..findings import found


def test_the_names_of_blobs_differ() -> None:
    (finding,) = found("moving.azure-layout", azure())
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.container")
    assert not finding.breaks
