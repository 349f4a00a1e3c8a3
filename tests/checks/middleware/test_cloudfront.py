"""`middleware.cloudfront`."""

from __future__ import annotations

from pathlib import Path

import pytest
from registry_preflight.fixtures.certificates import pem_of_key, rsa_key

from .. import certificates as made
from ..findings import FILESYSTEM, found, s3

ID = "middleware.cloudfront"


def over(folder: Path, more: str = "", key: str = made.RSA_KEY, base: str = "") -> str:
    (folder / "k.pem").write_text(key)
    options = f"{{baseurl: 'https://d.cloudfront.net', privatekey: {folder}/k.pem, keypairid: K{more}}}"
    return f"{base or s3()}middleware: {{storage: [{{name: cloudfront, options: {options}}}]}}\n"


@pytest.mark.parametrize(
    "options",
    [
        "",
        "{baseurl: d.example.com}",
        "{baseurl: d.example.com, privatekey: 5, keypairid: K}",
        "{baseurl: 'http://a b'}",
    ],
)
def test_options_that_are_missing(options: str) -> None:
    (finding,) = found(ID, f"{s3()}middleware: {{storage: [{{name: cloudfront, options: {options}}}]}}\n")
    assert finding.severity == "blocker"


@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.8", "registry-3.1"])
def test_all_that_it_needs(tmp_path: Path, target: str) -> None:
    assert found(ID, over(tmp_path, ", duration: 20m, ipfilteredby: ' None '"), target=target) == ()


@pytest.mark.parametrize(
    "key",
    ["", "junk", made.RSA_KEY_PKCS8, made.KEY, made.CERTIFICATE + made.RSA_KEY, made.RSA_KEY.replace("A", "B", 3)],
)
def test_a_key_of_the_wrong_kind(tmp_path: Path, key: str) -> None:
    (finding,) = found(ID, over(tmp_path, key=key))
    assert finding.where.path == "middleware.storage[0].options.privatekey"


def test_a_key_of_another_length(tmp_path: Path) -> None:
    """docker/docs#12198: pulls failed with 4096 bits, and worked with 2048."""
    (finding,) = found(ID, over(tmp_path, key=pem_of_key(rsa_key(1024), older=True)))
    assert finding.what.endswith("has 1024 bits.")


def test_a_key_that_is_missing(tmp_path: Path) -> None:
    text = over(tmp_path)
    (tmp_path / "k.pem").unlink()
    (finding,) = found(ID, text)
    assert finding.severity == "blocker"


@pytest.mark.parametrize(
    "more",
    [
        ", duration: 20",
        ", duration: '20'",
        ", updatefrenquency: 1d",
        ", iprangesurl: 5",
        ", ipfilteredby: gcp",
        ", ipfilteredby: awsregion",
    ],
)
def test_options_that_are_wrong(tmp_path: Path, more: str) -> None:
    (finding,) = found(ID, over(tmp_path, more))
    assert finding.severity == ("warning" if more == ", duration: 20" else "blocker")


def test_2_5_does_not_read_the_filter(tmp_path: Path) -> None:
    assert found(ID, over(tmp_path, ", ipfilteredby: gcp"), target="registry-2.5") == ()


def test_2_8_mistakes_one_duration_for_another(tmp_path: Path) -> None:
    (finding,) = found(ID, over(tmp_path, ", updatefrenquency: 12h"))
    assert finding.severity == "warning"


def test_2_8_ignores_the_right_spelling(tmp_path: Path) -> None:
    (finding,) = found(ID, over(tmp_path, ", updatefrequency: junk"))
    assert finding.severity == "note"


def test_3_x_reads_the_right_spelling(tmp_path: Path) -> None:
    (finding,) = found(ID, over(tmp_path, ", updatefrequency: junk"), target="registry-3.1")
    assert finding.severity == "blocker"


def test_no_effect_over_another_driver(tmp_path: Path) -> None:
    (finding,) = found(ID, over(tmp_path, base=FILESYSTEM))
    assert finding.severity == "warning"
