"""`moving.list-variables`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_2_x_ignores_a_position() -> None:
    (finding,) = found(
        "moving.list-variables",
        "version: 0.1\nstorage: {inmemory: {}}\n\n",
        {"REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL": "http://x"},
    )
    assert (finding.severity, finding.where.variable) == ("note", "REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL")
    assert not finding.breaks


def test_a_service_link_is_none() -> None:
    assert not found(
        "moving.list-variables",
        "version: 0.1\nstorage: {inmemory: {}}\n\n",
        {"REGISTRY_PORT_5000_TCP": "tcp://10.0.0.1:5000"},
    )
