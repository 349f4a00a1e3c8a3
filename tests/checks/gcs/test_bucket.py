"""`gcs.bucket`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import gcs
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_an_address_is_no_name() -> None:
    (finding,) = found("gcs.bucket", gcs("bucket: gs://images"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.gcs.bucket")
    assert finding.breaks == REQUESTS


def test_a_name_is_fine() -> None:
    assert not found("gcs.bucket", gcs())
