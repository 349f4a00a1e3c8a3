"""`http.tls-ciphers`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "http.tls-ciphers"
DROPPED = "TLS_RSA_WITH_RC4_128_SHA"
KEPT = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"


def offering(*names: str, more: str = "certificate: /c.pem, ") -> str:
    return f"{FILESYSTEM}http: {{tls: {{{more}ciphersuites: [{', '.join(names)}]}}}}\n"


@pytest.mark.parametrize("name", ["ECDHE-RSA-AES128-GCM-SHA256", KEPT.lower(), "TLS_NULL"])
def test_an_unknown_name(name: str) -> None:
    (finding,) = found(ID, offering(KEPT, name))
    assert finding.where.path == "http.tls.ciphersuites[1]"


def test_known_names() -> None:
    assert found(ID, offering(KEPT, DROPPED)) == ()


def test_3_x_dropped_some() -> None:
    (finding,) = found(ID, offering(KEPT, DROPPED), target="registry-3.0")
    assert DROPPED in finding.what


def test_2_8_looks_at_them_even_for_tls_1_3() -> None:
    severities = [
        str(finding.severity) for finding in found(ID, offering("X", more="certificate: /c, minimumtls: tls1.3, "))
    ]
    assert severities == ["note", "blocker"]


def test_3_x_does_not_look_at_them_for_tls_1_3() -> None:
    (finding,) = found(ID, offering("X", more="certificate: /c, minimumtls: tls1.3, "), target="registry-3.1")
    assert finding.severity == "note"


def test_they_are_not_looked_at_without_tls() -> None:
    assert found(ID, offering("X", more="")) == ()
