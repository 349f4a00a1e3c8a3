"""Certificates and keys that a config names, judged as Go loads them."""

from __future__ import annotations

import os

from registry_preflight import CannotTell, NamedTuple, Pattern

from . import _files, _pem

# The last one: the key is of another kind than the certificate that was just loaded.
_MISMATCHES = ("KEY_VALUES_MISMATCH", "KEY_TYPE_MISMATCH", "NO_CERTIFICATE_ASSIGNED")
_ENCRYPTED = Pattern(r"(?m)^Proc-Type:.*ENCRYPTED")


class Bad(NamedTuple):
    """Which of a pair's two files is wrong, `certificate` or `key`, and why."""

    file: str
    wrong: str


def wrong_pair(certificate: str, key: str) -> Bad | None:
    """Why a certificate and its key can't be loaded; None where they can. Raises `CannotTell`."""
    content = _files.read(certificate)
    if content.wrong:
        return Bad("certificate", content.wrong)
    secret = _files.read(key)
    if secret.wrong:
        return Bad("key", secret.wrong)
    chain = [block for block in _pem.blocks(content.data) if block.kind == "CERTIFICATE"]
    if not chain:
        return Bad("certificate", "holds no certificate in PEM (a block that begins with BEGIN CERTIFICATE)")
    if not _pem.looks_like_certificate(chain[0].der):
        return Bad("certificate", "holds a certificate that can't be parsed")
    if wrong := _wrong_key(secret.data):
        return Bad("key", wrong)
    return _mismatch(chain[0].der, certificate, key)


def _wrong_key(data: bytes) -> str:
    keys = [block for block in _pem.blocks(data) if ("-" + block.kind.replace(" ", "-")).endswith("-PRIVATE-KEY")]
    if not keys:
        return "holds no private key in PEM (a block that begins with BEGIN PRIVATE KEY)"
    if keys[0].kind.startswith("ENCRYPTED") or _ENCRYPTED.search(keys[0].headers):
        return "is protected by a passphrase, which the registry can't be given"
    outer = _pem.element(keys[0].der)
    return "" if outer and outer[0] == _pem.SEQUENCE else "holds a private key that can't be parsed"


def _mismatch(first: bytes, certificate: str, key: str) -> Bad | None:
    """Compare a key with the first certificate of a file; OpenSSL would parse the others, too."""
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")  # Go loads keys that OpenSSL finds too weak
    # OpenSSL takes files only; this one has no name and lies in memory.
    alone = os.memfd_create("certificate")
    try:
        os.write(alone, ssl.DER_cert_to_PEM_cert(first).encode())
        # Without a password it would prompt where it finds a protected key after all.
        context.load_cert_chain(f"/proc/self/fd/{alone}", key, password="none")  # it is no secret
    except ssl.SSLError as error:
        if error.reason in _MISMATCHES:
            return Bad("key", f"does not belong to the certificate {certificate}")
        told = f"OpenSSL can't load {certificate} with {key} ({error.reason})"
        raise CannotTell(f"{told}, and the registry may or may not") from None
    finally:
        os.close(alone)
    return None


def wrong_authorities(path: str) -> str:
    """Why a file can't serve as a list of authorities; empty where it can."""
    content = _files.read(path)
    if content.wrong:
        return content.wrong
    if any(
        block.kind == "CERTIFICATE" and not block.headers and _pem.certificate_loads(block.der)
        for block in _pem.blocks(content.data)
    ):
        return ""
    return "holds no certificate in PEM"
