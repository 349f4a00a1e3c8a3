"""Why a request got no answer: one kind for each thing that a person would mend in a different place."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import Any, Literal

from registry_preflight.check import CannotTell

Kind = Literal[
    "name",  # no address for the name
    "refused",  # nobody listens
    "unreachable",  # no way there, or a firewall that says no
    "timeout",
    "reset",  # the connection was closed without an answer
    "proxy",  # the proxy can't be reached, or refuses
    "tls-untrusted",  # nobody that is trusted has signed the certificate
    "tls-incomplete",  # the server shows its own certificate alone, and its issuer is not known
    "tls-expired",
    "tls-not-yet-valid",
    "tls-name",  # the certificate is for other names
    "tls-protocol",  # no version or method in common, or the server demands a certificate
    "plain-on-tls",  # http:// to a port that speaks TLS
    "tls-on-plain",  # https:// to a port that does not
    "not-http",
    "too-large",  # headers without end
    "truncated",  # the body ended before its length
    "unsendable",  # a header that HTTP can't carry; Go refuses it as well
    "unsupported",  # this program can't go this way, though the registry may
]
Layer = Literal["name", "connect", "proxy", "tls", "http"]

_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EACCES, errno.EPERM})
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5)})
#: What OpenSSL says where the bytes that came are no TLS at all.
_NO_TLS = (
    "WRONG_VERSION_NUMBER",
    "UNKNOWN_PROTOCOL",
    "HTTP_REQUEST",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
    "RECORD_TOO_SMALL",
)
#: OpenSSL's numbers for what is wrong with a certificate (x509_vfy.h).
_BY_CODE: dict[int, Kind] = {9: "tls-not-yet-valid", 10: "tls-expired", 62: "tls-name", 64: "tls-name"}
NO_ISSUER = frozenset({20, 21})
UNTRUSTED = frozenset({18, 19, 20, 21})


class NetworkTrouble(CannotTell):
    """A request that got no answer: a check that makes nothing of it cannot tell.

    `host` and `port` are whom it was sent to, `layer` where it ended. `passing` says that a further attempt may succeed,
    and was not made.

    `certificates` are those that the server showed, its own first, as `subject, issuer` for a sentence.
    """

    def __init__(
        self,
        kind: Kind,
        layer: Layer,
        host: str,
        port: int,
        text: str,
        *,
        certificates: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(text)
        self.kind = kind
        self.layer = layer
        self.host = host
        self.port = port
        self.text = text
        self.certificates = certificates
        self.passing = kind == "timeout"


def name_trouble(error: OSError, host: str, port: int) -> NetworkTrouble:
    """A name that did not resolve."""
    if error.errno in _NO_SUCH_NAME:
        text = f"there is no address for the name {host}"
    elif error.errno == socket.EAI_AGAIN:
        text = f"the name server gave no answer for {host}"
    else:
        text = f"the name {host} did not resolve: {error.strerror or error}"
    return NetworkTrouble("name", "name", host, port, text)


def connect_trouble(error: Exception, host: str, port: int, tried: str = "") -> NetworkTrouble:
    """A connection that did not come about; `tried` are the addresses, where a name stands for them."""
    place = f"{_bracketed(host)}:{port}" + (f" ({tried})" if tried and tried != host else "")
    if isinstance(error, ConnectionRefusedError):
        return NetworkTrouble("refused", "connect", host, port, f"nobody listens on {place}: connection refused")
    if isinstance(error, TimeoutError):
        return NetworkTrouble("timeout", "connect", host, port, f"{place} did not answer in time")
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    number = error.errno if isinstance(error, OSError) else None
    kind: Kind = "unreachable" if number in _UNREACHABLE else "reset"
    return NetworkTrouble(kind, "connect", host, port, f"{place} can't be reached: {reason.lower()}")


def tls_trouble(error: Exception, host: str, port: int, shown: list[dict[str, Any]] | None = None) -> NetworkTrouble:
    """A handshake that failed; `shown` are the server's certificates as `ssl` describes them."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_trouble(error, host, port, shown or [])
    if isinstance(error, TimeoutError):
        return NetworkTrouble("timeout", "tls", host, port, f"{host} did not finish the TLS handshake in time")
    reason = str(getattr(error, "reason", None) or error)
    if any(word in reason for word in _NO_TLS):
        return NetworkTrouble("tls-on-plain", "tls", host, port, f"what answers on {host}:{port} does not speak TLS")
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        words = reason.replace("_", " ").lower()
        return NetworkTrouble("tls-protocol", "tls", host, port, f"no TLS connection with {host}:{port}: {words}")
    text = f"{host}:{port} closed the connection during the TLS handshake"
    return NetworkTrouble("reset", "tls", host, port, text)


def _certificate_trouble(
    error: ssl.SSLCertVerificationError, host: str, port: int, shown: list[dict[str, Any]]
) -> NetworkTrouble:
    chain = tuple((_name(one.get("subject")), _name(one.get("issuer"))) for one in shown)
    kind: Kind = _BY_CODE.get(error.verify_code, "tls-untrusted")
    text = f"the certificate of {host}:{port} is not taken: {error.verify_message}"
    if kind == "tls-name":
        text = f"the certificate of {host}:{port} is not for {host}{_names(shown)}"
    elif error.verify_code in NO_ISSUER and len(chain) == 1 and chain[0][0] != chain[0][1]:
        kind = "tls-incomplete"
        text = f"{host}:{port} shows its own certificate alone, and its issuer {chain[0][1]} is not known"
    elif error.verify_code in UNTRUSTED and chain:
        text = f"the certificate of {host}:{port} is signed by {chain[-1][1]}, which is not trusted"
    return NetworkTrouble(kind, "tls", host, port, text, certificates=chain)


def _names(shown: list[dict[str, Any]]) -> str:
    """The names that a certificate is for, in brackets."""
    if not shown:
        return ""
    names = [str(value) for _, value in shown[0].get("subjectAltName", ())]
    if names:
        return f" (it is for {', '.join(names[:6])}{' and others' if len(names) > 6 else ''})"
    return f" (it has no alternative names, only the common name {_name(shown[0].get('subject'))})"


def _name(parts: Any) -> str:
    """A certificate's name for a sentence: the common name, or all of it."""
    pairs = [(key, str(value)) for group in parts or () for key, value in group]
    common = [value for key, value in pairs if key == "commonName"]
    return common[0] if common else ", ".join(value for _, value in pairs) or "an empty name"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
