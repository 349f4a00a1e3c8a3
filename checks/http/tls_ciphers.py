"""`http.tls-ciphers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check, nearest, note

from .._serving import ENDS, SERVING
from ._tls import is_on

_KNOWN = frozenset(
    [
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
    ]
)
#: Known up to 2.8.
_DROPPED = frozenset(
    [
        "TLS_RSA_WITH_RC4_128_SHA",
        "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
        "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    ]
)


@check(
    "http.tls-ciphers",
    when=("http.tls",),
    releases=["registry-2.8", "registry-2.8-debian", "registry-3.0", "registry-3.1"],
    stages=(START,),
)
def tls_ciphers(config: Config) -> Iterator[Finding]:
    """Every cipher suite is one that the release knows.

    `http.tls.ciphersuites` came with 2.8. Names are those of the standard, such as
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, and not OpenSSL's; one unknown name ends the registry at start. They rule TLS
    1.2 and older only: with `minimumtls: tls1.3` they have no effect, and from 3.0 on they are not even looked at. 3.0
    dropped the six weakest.
    """
    names = config.items("http.tls.ciphersuites")
    if not names or not is_on(config):
        return
    if config.text_at("http.tls.minimumtls") == "tls1.3":
        yield note(
            what="http.tls.ciphersuites has no effect with minimumtls tls1.3.",
            why="TLS 1.3 has its own suites, which can't be chosen.",
            fix="Leave ciphersuites out.",
            where="http.tls.ciphersuites",
        )
        if config.release.major >= 3:
            return
    known = _KNOWN | _DROPPED if config.release.major < 3 else _KNOWN
    for number, name in enumerate(map(str, names)):
        if name not in known:
            yield _unknown(config, name, f"http.tls.ciphersuites[{number}]", nearest(name, known))


def _unknown(config: Config, name: str, where: str, near: str) -> Finding:
    gone = " any more" if name in _DROPPED else ""
    return blocker(
        what=f"{config.release.name} does not know the cipher suite {name!r}{gone}.",
        why=ENDS,
        fix=f"Write {near}." if near and not gone else "Remove it, or leave ciphersuites out for the defaults.",
        where=where,
        breaks=SERVING,
    )
