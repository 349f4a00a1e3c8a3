"""`http.tls-clients`."""

from __future__ import annotations

from pathlib import Path

import pytest

from .. import certificates as made
from ..findings import FILESYSTEM, found

ID = "http.tls-clients"


def config(folder: Path, content: str | None, more: str = "certificate: /c.pem, ") -> str:
    if content is not None:
        (folder / "ca.pem").write_text(content)
    return f"{FILESYSTEM}http: {{tls: {{{more}clientcas: [{folder}/ca.pem]}}}}\n"


@pytest.mark.parametrize("content", [None, "", "junk", made.KEY, made.CERTIFICATE[:200]])
def test_a_file_without_a_certificate(tmp_path: Path, content: str | None) -> None:
    (finding,) = found(ID, config(tmp_path, content))
    assert (finding.severity, finding.where.path) == ("blocker", "http.tls.clientcas[0]")


def test_a_certificate_among_junk(tmp_path: Path) -> None:
    assert found(ID, config(tmp_path, f"junk\n{made.KEY}{made.CERTIFICATE}")) == ()


def test_it_is_not_looked_at_without_tls(tmp_path: Path) -> None:
    assert found(ID, config(tmp_path, None, "")) == ()


def test_a_mode_without_authorities() -> None:
    text = f"{FILESYSTEM}http: {{tls: {{certificate: /c.pem, clientauth: request-client-cert}}}}\n"
    (finding,) = found(ID, text, target="registry-3.1")
    assert finding.severity == "warning"
