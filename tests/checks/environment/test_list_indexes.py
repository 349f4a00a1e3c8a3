"""`environment.list-indexes`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "environment.list-indexes"
ENDPOINTS = FILESYSTEM + "notifications: {endpoints: [{name: a, url: 'http://a'}]}\n"


def test_2_x_has_no_positions() -> None:
    (finding,) = found(ID, ENDPOINTS, {"REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL": "http://b"})
    assert 'REGISTRY_NOTIFICATIONS_ENDPOINTS="[{...}]"' in finding.fix


def test_3_x_has_them() -> None:
    assert found(ID, ENDPOINTS, {"REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL": "http://b"}, "registry-3.1") == ()


@pytest.mark.parametrize("target", ["registry-2.8", "registry-3.1"])
def test_a_text_in_a_list_gets_no_value_in_any_release(target: str) -> None:
    (finding,) = found(ID, FILESYSTEM, {"REGISTRY_HTTP_TLS_CLIENTCAS_0": "/ca.pem"}, target)
    assert "REGISTRY_HTTP_TLS_CLIENTCAS=\"['...']\"" in finding.fix


def test_a_digit_in_a_name_is_no_position() -> None:
    assert found(ID, FILESYSTEM, {"REGISTRY_HTTP_HTTP2_DISABLED": "true"}) == ()
