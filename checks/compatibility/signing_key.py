"""`compatibility.signing-key`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, check

from .. import _pem
from .._files import read, unusable
from .._serving import PANICS

_PATH = "compatibility.schema1.signingkeyfile"


@check(
    "compatibility.signing-key",
    when=("compatibility",),
    releases=["registry-2.5", "registry-2.7", "registry-2.8", "registry-2.8-debian"],
    stages=(START,),
)
def signing_key(config: Config) -> Iterator[Finding]:
    """The key that signs schema 1 manifests can be loaded.

    `compatibility.schema1.signingkeyfile` is loaded at start, whether schema 1 is enabled or not. Its first PEM block
    must be an RSA key (BEGIN RSA PRIVATE KEY) or an ECDSA one (BEGIN EC PRIVATE KEY); the newer form, BEGIN PRIVATE
    KEY, is refused. A file whose name ends in .json or .jwk holds a JSON web key. 3.0 dropped schema 1 and the setting.
    """
    path = config.text_at(_PATH)
    if not path:
        return
    content = read(path)
    wrong = content.wrong or _wrong_key(path, content.data)
    if wrong:
        yield unusable("signing key", path, wrong, _PATH, why=PANICS)


def _wrong_key(path: str, data: bytes) -> str:
    if path.endswith((".json", ".jwk")):
        return _wrong_json(path, data)
    found = _pem.blocks(data)
    if not found:
        return "holds no key in PEM"
    kind, _, der = found[0]
    if kind == "RSA PRIVATE KEY":
        return "" if _pem.rsa_bits(der) else "holds an RSA key that can't be parsed"
    if kind != "EC PRIVATE KEY":
        return f"begins with a block of the kind {kind!r}, not RSA PRIVATE KEY or EC PRIVATE KEY"
    outer = _pem.element(der)
    if outer is None or outer[0] != _pem.SEQUENCE:
        return "holds an ECDSA key that can't be parsed"
    return "" if _pem.has_signing_key(der) else "holds an ECDSA key on a curve other than P-256, P-384 and P-521"


def _wrong_json(path: str, data: bytes) -> str:
    import json

    try:
        key = json.loads(data)
    except (ValueError, RecursionError):
        return "is not JSON"
    if not isinstance(key, dict) or key.get("kty") not in ("EC", "RSA"):
        return "is no JSON web key of the type EC or RSA"
    raise CannotTell(f"whether the JSON web key in {path} is sound was not looked at")
