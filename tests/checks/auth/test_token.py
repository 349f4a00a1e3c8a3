"""`auth.token`."""

from __future__ import annotations

from pathlib import Path

import pytest

from .. import certificates as made
from ..findings import FILESYSTEM, found

ID = "auth.token"
TEXTS = "realm: r, issuer: i, service: s"
KEYS = '{"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]}'


def config(options: str) -> str:
    return f"{FILESYSTEM}auth: {{token: {{{options}}}}}\n"


def bundle(folder: Path, content: str, more: str = "") -> str:
    (folder / "b.pem").write_text(content)
    return config(f"{TEXTS}, rootcertbundle: {folder}/b.pem{more}")


@pytest.mark.parametrize(
    "options", ["", "realm: r", "realm: r, issuer: i", TEXTS, f"{TEXTS.replace('r,', '5,')}, rootcertbundle: /b"]
)
def test_options_that_are_missing(options: str) -> None:
    (finding,) = found(ID, config(options))
    assert finding.severity == "blocker"


@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.8", "registry-3.1"])
def test_a_bundle(tmp_path: Path, target: str) -> None:
    assert found(ID, bundle(tmp_path, made.CERTIFICATE + made.KEY), target=target) == ()


@pytest.mark.parametrize(
    "content",
    ["", "junk", made.KEY, made.CERTIFICATE + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
)
@pytest.mark.parametrize("target", ["registry-2.8", "registry-3.1"])
def test_a_bundle_that_is_none(tmp_path: Path, content: str, target: str) -> None:
    (finding,) = found(ID, bundle(tmp_path, content), target=target)
    assert finding.where.path == "auth.token.rootcertbundle"


def test_a_bundle_that_is_missing() -> None:
    (finding,) = found(ID, config(f"{TEXTS}, rootcertbundle: /no/such/bundle"))
    assert "does not exist" in finding.what


@pytest.mark.parametrize("value", ["", "'true'", "1"])
def test_a_redirect_that_is_no_boolean(tmp_path: Path, value: str) -> None:
    (finding,) = found(ID, bundle(tmp_path, made.CERTIFICATE, f", autoredirect: {value}"))
    assert finding.where.path == "auth.token.autoredirect"


def test_2_5_does_not_read_it(tmp_path: Path) -> None:
    assert found(ID, bundle(tmp_path, made.CERTIFICATE, ", autoredirect: 'true'"), target="registry-2.5") == ()


def test_3_x_needs_certificates_or_keys() -> None:
    (finding,) = found(ID, config(TEXTS), target="registry-3.1")
    assert "jwks" in finding.what


def test_3_x_takes_keys_alone(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(KEYS)
    assert found(ID, config(f"{TEXTS}, jwks: {tmp_path}/keys.json"), target="registry-3.0") == ()


def test_keys_that_are_no_json(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(made.CERTIFICATE)
    (finding,) = found(ID, config(f"{TEXTS}, jwks: {tmp_path}/keys.json"), target="registry-3.0")
    assert finding.where.path == "auth.token.jwks"


@pytest.mark.parametrize("value", ["RS256", "[5]", "[rs256]", "[RS256, none]", ""])
def test_algorithms_that_nobody_knows(tmp_path: Path, value: str) -> None:
    (finding,) = found(ID, bundle(tmp_path, made.CERTIFICATE, f", signingalgorithms: {value}"), target="registry-3.1")
    assert finding.where.path.startswith("auth.token.signingalgorithms")


def test_algorithms_that_are_known(tmp_path: Path) -> None:
    assert (
        found(ID, bundle(tmp_path, made.CERTIFICATE, ", signingalgorithms: [EdDSA, PS512]"), target="registry-3.1")
        == ()
    )


def test_another_controller() -> None:
    assert found(ID, FILESYSTEM) == ()
