"""`moving.azure-credentials`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import azure, azure3
from ..findings import found


def test_a_config_of_2_x_does_not_log_in() -> None:
    (finding,) = found("moving.azure-credentials", azure())
    assert (finding.severity, finding.where.path) == ("note", "storage.azure")
    assert not finding.breaks


def test_a_type_is_ready_for_3_x() -> None:
    assert not found("moving.azure-credentials", azure3())
