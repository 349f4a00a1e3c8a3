"""`http.tls-off`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "http.tls-off"


@pytest.mark.parametrize(
    "setting", ["key: /k.pem", "clientcas: [/ca.pem]", "minimumtls: tls1.3", "letsencrypt: {hosts: [a]}"]
)
def test_settings_that_turn_nothing_on(setting: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}http: {{tls: {{{setting}}}}}\n")
    assert (finding.severity, "plain HTTP" in finding.why) == ("warning", True)


@pytest.mark.parametrize("setting", ["certificate: /c.pem, key: /k.pem", "key: /k.pem, letsencrypt: {cachefile: /c}"])
def test_settings_of_tls_that_is_on(setting: str) -> None:
    assert found(ID, f"{FILESYSTEM}http: {{tls: {{{setting}}}}}\n") == ()


def test_no_settings() -> None:
    assert found(ID, FILESYSTEM) == ()
