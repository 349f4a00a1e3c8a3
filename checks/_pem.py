"""PEM and the little of ASN.1 that tells a key or a certificate from junk."""

from __future__ import annotations

from registry_preflight import NamedTuple, Pattern

_BLOCK = Pattern(
    rb"(?ms)^-----BEGIN ([^\r\n]*?)-----[ \t]*\r?\n((?:[^\r\n:]+:[^\r\n]*\r?\n)*)(.*?)^-----END \1-----[ \t]*$"
)
_BLANKS = Pattern(rb"\s")
SEQUENCE, INTEGER = 0x30, 0x02
_SIGNING_KEYS = (
    bytes.fromhex("06092a864886f70d010101"),  # RSA
    bytes.fromhex("06082a8648ce3d030107"),  # P-256
    bytes.fromhex("06052b81040022"),  # P-384
    bytes.fromhex("06052b81040023"),  # P-521
)


class Block(NamedTuple):
    """One block: what stands after BEGIN, its headers as text, and the decoded bytes."""

    kind: str
    headers: str
    der: bytes


def blocks(data: bytes) -> list[Block]:
    """The blocks that Go's decoder would find; one whose base64 is broken is passed over, as it does."""
    found = []
    import binascii

    for kind, headers, body in _BLOCK.findall(data):
        try:
            der = binascii.a2b_base64(_BLANKS.sub(b"", body), strict_mode=True)
        except binascii.Error:
            continue
        found.append(Block(kind.decode("utf-8", "replace"), headers.decode("utf-8", "replace"), der))
    return found


def element(der: bytes) -> tuple[int, bytes, bytes] | None:
    """The tag, the content and what follows of the first DER element; None where there is no whole one."""
    if len(der) < 2:
        return None
    length, start = der[1], 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or len(der) < 2 + count:
            return None
        length, start = int.from_bytes(der[2 : 2 + count]), 2 + count
    end = start + length
    return (der[0], der[start:end], der[end:]) if end <= len(der) else None


def looks_like_certificate(der: bytes) -> bool:
    """Whether it is one DER sequence of three elements, the first and second of which are sequences again."""
    outer = element(der)
    if outer is None or outer[0] != SEQUENCE or outer[2]:
        return False
    tags, rest = [], outer[1]
    while rest:
        inner = element(rest)
        if inner is None:
            return False
        tags.append(inner[0])
        rest = inner[2]
    return len(tags) == 3 and tags[:2] == [SEQUENCE, SEQUENCE]


def certificate_loads(der: bytes) -> bool:
    """Whether it is a certificate, by this machine's OpenSSL."""
    if not looks_like_certificate(der):
        return False
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=der)
    except ssl.SSLError:
        return False
    return True


def has_signing_key(der: bytes) -> bool:
    """Whether a certificate names a kind of key that token authentication takes: RSA, or ECDSA on a common curve."""
    return any(identifier in der for identifier in _SIGNING_KEYS)


def rsa_bits(der: bytes) -> int:
    """The length of a sound PKCS#1 private key of two primes; 0 for anything else."""
    outer = element(der)
    numbers: list[int] = []
    rest = outer[1] if outer and outer[0] == SEQUENCE and not outer[2] else b""
    while rest:
        inner = element(rest)
        if inner is None or inner[0] != INTEGER or not inner[1]:
            return 0
        numbers.append(int.from_bytes(inner[1], signed=True))
        rest = inner[2]
    if len(numbers) != 9 or numbers[0] != 0 or min(numbers[1:6]) < 1:
        return 0
    _, modulus, public, private, one, other = numbers[:6]
    if one < 2 or other < 2 or one * other != modulus:
        return 0
    sound = all((private * public - 1) % (prime - 1) == 0 for prime in (one, other))
    return modulus.bit_length() if sound else 0
