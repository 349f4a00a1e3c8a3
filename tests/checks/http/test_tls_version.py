"""`http.tls-version`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "http.tls-version"


def at_least(version: str, certificate: str = "certificate: /c.pem, ") -> str:
    return f"{FILESYSTEM}http: {{tls: {{{certificate}minimumtls: '{version}'}}}}\n"


@pytest.mark.parametrize("version", ["TLS1.2", "1.2", "tls12", "tls1.4"])
def test_an_unknown_version(version: str) -> None:
    (finding,) = found(ID, at_least(version))
    assert finding.severity == "blocker"


@pytest.mark.parametrize("version", ["tls1.0", "tls1.1"])
def test_3_x_refuses_old_versions(version: str) -> None:
    (finding,) = found(ID, at_least(version), target="registry-3.0")
    assert finding.severity == "blocker"


def test_2_8_takes_old_versions() -> None:
    (finding,) = found(ID, at_least("tls1.0"))
    assert finding.severity == "note"


@pytest.mark.parametrize("version", ["tls1.2", "tls1.3", ""])
def test_a_good_version(version: str) -> None:
    assert found(ID, at_least(version)) == ()


def test_it_is_not_looked_at_without_tls() -> None:
    assert found(ID, at_least("junk", "")) == ()
