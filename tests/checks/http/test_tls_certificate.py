"""`http.tls-certificate`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from registry_preflight import START, Outcome, Status, foretell

from .. import certificates as made
from ..findings import FILESYSTEM, found

ID = "http.tls-certificate"


def config(folder: Path, certificate: str | None = made.CERTIFICATE, key: str | None = made.KEY) -> str:
    for name, content in (("certificate.pem", certificate), ("key.pem", key)):
        if content is not None:
            (folder / name).write_text(content)
    return (
        f"{FILESYSTEM}http: {{addr: ':5000', tls: {{certificate: {folder}/certificate.pem, key: {folder}/key.pem}}}}\n"
    )


@pytest.mark.parametrize("key", [made.KEY, made.KEY_PKCS8])
def test_a_pair(tmp_path: Path, key: str) -> None:
    assert found(ID, config(tmp_path, key=key)) == ()


def test_a_chain_counts_by_its_first_certificate(tmp_path: Path) -> None:
    junk = "-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n"
    assert found(ID, config(tmp_path, junk + made.CERTIFICATE * 2)) == ()


@pytest.mark.parametrize(
    ("certificate", "key", "file"),
    [
        (None, made.KEY, "certificate"),
        (made.CERTIFICATE, None, "key"),
        ("junk", made.KEY, "certificate"),
        (made.KEY, made.KEY, "certificate"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", made.KEY, "certificate"),
        (made.CERTIFICATE, "junk", "key"),
        (made.CERTIFICATE, made.CERTIFICATE, "key"),
        (made.CERTIFICATE, made.OTHER_KEY, "key"),
        (made.CERTIFICATE, made.RSA_KEY, "key"),
        (made.CERTIFICATE, made.KEY_PROTECTED, "key"),
    ],
)
def test_a_pair_that_cannot_be_loaded(tmp_path: Path, certificate: str | None, key: str | None, file: str) -> None:
    (finding,) = found(ID, config(tmp_path, certificate, key))
    assert (finding.severity, finding.where.path) == ("blocker", f"http.tls.{file}")


def test_a_certificate_without_a_key(tmp_path: Path) -> None:
    config(tmp_path)
    (finding,) = found(ID, f"{FILESYSTEM}http: {{tls: {{certificate: {tmp_path}/certificate.pem}}}}\n")
    assert finding.where.path == "http.tls.key"


def test_a_missing_file_is_told_to_be_missing_here(tmp_path: Path) -> None:
    (finding,) = found(ID, config(tmp_path, None))
    assert "does not exist" in finding.what and "on this machine" in finding.fix


def test_plain_http() -> None:
    assert found(ID, FILESYSTEM) == ()


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    report = foretell(config(tmp_path, made.CERTIFICATE + "x" * (1 << 20)), {})
    assert report.predictions[START].outcome is Outcome.UNKNOWN


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "certificate.pem")
    results = {result.id: result for result in foretell(config(tmp_path, None), {}).results}
    assert results[ID].status is Status.SKIPPED


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may change who it is")
def test_a_file_that_we_may_not_read_proves_nothing(tmp_path: Path) -> None:
    text = config(tmp_path)
    (tmp_path / "key.pem").chmod(0)
    tmp_path.chmod(0o755)
    os.seteuid(65534)
    try:
        results = {result.id: result for result in foretell(text, {}).results}
    finally:
        os.seteuid(0)
    assert results[ID].status is Status.SKIPPED
