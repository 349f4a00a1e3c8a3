"""`auth.token`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, blocker, check, nearest

from .. import _pem
from .._files import read, unusable
from .._serving import PANICS, SERVING, shown
from ._options import kind_of, not_text

_TEXTS = ("realm", "issuer", "service")
_BUNDLE, _KEYS = "auth.token.rootcertbundle", "auth.token.jwks"
_ALGORITHMS = ("EdDSA", *(f"{family}{bits}" for family in ("HS", "RS", "ES", "PS") for bits in (256, 384, 512)))


@check("auth.token", when=("auth",), needs=["auth.kind"], stages=(START,))
def token(config: Config) -> Iterator[Finding]:
    """Tokens can be checked: all options are there, and so are the issuer's certificates or keys.

    `auth.token` wants `realm`, `issuer` and `service` as text, and up to 2.8 `rootcertbundle` as well, a file of PEM
    certificates of which each must parse. `autoredirect` is a bare boolean, known from 2.7 on. From 3.0 on the keys may
    come from a `jwks` file instead, and `signingalgorithms` names what is accepted. The files are read once, at start:
    new ones need a restart.
    """
    if kind_of(config) != "token":
        return
    texts = _TEXTS if config.release.major >= 3 else (*_TEXTS, "rootcertbundle")
    refused = [*not_text(config, "token", texts, "TEXT"), *_switches(config)]
    yield from refused or _trusted(config)


def _switches(config: Config) -> Iterator[Finding]:
    path = "auth.token.autoredirect"
    if config.release.at_least("2.7") and config.has(path) and not isinstance(config.get(path), bool):
        yield _blocked(path, "a boolean", shown(config.get(path)), "Write autoredirect: true or false, without quotes.")
    if config.release.major < 3:
        return
    path = "auth.token.autoredirectpath"
    if config.get("auth.token.autoredirect") is True and config.has(path) and not isinstance(config.get(path), str):
        yield _blocked(path, "text", shown(config.get(path)), "Write a path such as /auth/token.")
    path = "auth.token.signingalgorithms"
    if not config.has(path):
        return
    given = config.get(path)
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        yield _blocked(path, "a list of text", shown(given), "Write signingalgorithms: [RS256].")
        return
    for number, name in enumerate(given):
        if name not in _ALGORITHMS:
            near = nearest(name, _ALGORITHMS)
            yield _blocked(f"{path}[{number}]", "an algorithm that it knows", repr(name), f"Write {near or 'RS256'}.")


def _blocked(path: str, wanted: str, value: str, fix: str) -> Finding:
    return blocker(what=f"{path} is {value}, not {wanted}.", why=PANICS, fix=fix, where=path, breaks=SERVING)


def _trusted(config: Config) -> Iterator[Finding]:
    modern = config.release.major >= 3
    bundle, keys = config.get(_BUNDLE), config.get(_KEYS) if modern else None
    files = ((_BUNDLE, bundle), (_KEYS, keys))
    named = [path for path, value in files if isinstance(value, str) and (value or not modern)]
    if not named:
        yield blocker(
            what="auth.token has neither rootcertbundle nor jwks.",
            why=f"{PANICS[:-1]}: it could check no token.",
            fix="Name a file with the issuer's certificates in rootcertbundle, or with its keys in jwks.",
            where="auth.token",
            breaks=SERVING,
        )
        return
    if _BUNDLE in named:
        yield from _bundle(config, str(bundle), alone=_KEYS not in named)
    if _KEYS in named:
        yield from _key_set(str(keys))


def _bundle(config: Config, path: str, *, alone: bool) -> Iterator[Finding]:
    content = read(path)
    certificates = [block.der for block in _pem.blocks(content.data) if block.kind == "CERTIFICATE"]
    wrong = content.wrong
    if not wrong and any(not _pem.certificate_loads(der) for der in certificates):
        wrong = "holds a certificate that can't be parsed"
    if not wrong and alone and not certificates:
        wrong = "holds no certificate in PEM"
    if not wrong and config.release.major < 3 and not all(map(_pem.has_signing_key, certificates)):
        wrong = "holds a certificate with a key that is neither RSA nor ECDSA on P-256, P-384 or P-521"
    if wrong:
        yield unusable("certificate bundle", path, wrong, _BUNDLE, why=PANICS)


def _key_set(path: str) -> Iterator[Finding]:
    content = read(path)
    wrong = content.wrong or _wrong_keys(content.data)
    if wrong:
        yield unusable("JSON web key set", path, wrong, _KEYS, why=PANICS)


def _wrong_keys(data: bytes) -> str:
    import json

    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return "is not JSON"
    keys = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(found, dict) or (keys is not None and not isinstance(keys, list)):
        return "is no JSON web key set"
    if not keys or not all(isinstance(key, dict) and isinstance(key.get("kty"), str) for key in keys):
        raise CannotTell("what the registry makes of such keys in auth.token.jwks is not known")
    return ""
