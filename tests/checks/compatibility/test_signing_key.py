"""`compatibility.signing-key`."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight import Status, foretell

from .. import certificates as made
from ..findings import FILESYSTEM, found

ID = "compatibility.signing-key"


def config(folder: Path, content: str | None, name: str = "key.pem") -> str:
    if content is not None:
        (folder / name).write_text(content)
    return f"{FILESYSTEM}compatibility: {{schema1: {{signingkeyfile: {folder}/{name}}}}}\n"


@pytest.mark.parametrize("key", [made.KEY, made.RSA_KEY])
@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.8"])
def test_a_key(tmp_path: Path, key: str, target: str) -> None:
    assert found(ID, config(tmp_path, key), target=target) == ()


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "junk",
        made.KEY_PKCS8,
        made.RSA_KEY_PKCS8,
        made.RARE_KEY,
        made.CERTIFICATE,
        made.RSA_KEY.replace("A", "B", 3),
    ],
)
def test_a_key_that_cannot_be_loaded(tmp_path: Path, content: str | None) -> None:
    (finding,) = found(ID, config(tmp_path, content))
    assert finding.severity == "blocker"


@pytest.mark.parametrize("content", ["", "[]", '{"kty": "oct"}', made.KEY])
def test_a_web_key_that_is_none(tmp_path: Path, content: str) -> None:
    (finding,) = found(ID, config(tmp_path, content, "key.json"))
    assert finding.severity == "blocker"


def test_a_web_key_is_not_judged(tmp_path: Path) -> None:
    text = config(tmp_path, '{"kty": "EC", "crv": "P-256"}', "key.jwk")
    results = {result.id: result for result in foretell(text, {}).results}
    assert results[ID].status is Status.SKIPPED


def test_no_key() -> None:
    assert found(ID, FILESYSTEM) == ()
