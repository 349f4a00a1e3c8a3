"""The way to the identity service and to the storage, layer by layer; each is a fact of its own, and the first that fails is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry_preflight import EVERY_STAGE, CannotTell, Finding, NetworkTrouble, SwiftStorage, Where, blocker

from .._proxies import variable_of
from .._shell import unshared

#: The static checks that leave nobody to ask.
STATIC = (
    "storage.driver", "storage.required", "storage.parameters", "swift.auth-url", "swift.auth-version",
    "swift.domain", "swift.endpoint-type", "swift.tenant",
)  # fmt: skip
PANICS = "The registry panics at start."
_CONNECT = {
    "refused": "Start the service, or mend host and port: Keystone listens on 5000 as a rule, Swift's proxy on 8080. Inside"
    " a container 127.0.0.1 is the container itself.",
    "timeout": "Let the firewall or the security group pass the registry's host there.",
    "unreachable": "Give the registry's host a route there; a container may have none (--iptables=false).",
    "reset": "See what stands in front of it: a balancer without a server behind it, or a firewall.",
}
_SPOKEN = {
    "plain-on-tls": "Write https:// in {source}.",
    "tls-on-plain": "Write http:// in {source}, or the port that speaks TLS.",
    "tls-protocol": "Let the service offer TLS 1.2 or later with a usual cipher, and demand no certificate of its clients.",
    "reset": "See that what stands in front of the service has a server behind it.",
}
_CERTIFICATE = {
    "tls-expired": ("has expired", "Renew the certificate."),
    "tls-not-yet-valid": ("is not valid yet", "Compare the clocks of both machines; if they are right, wait."),
    "tls-name": ("is for another name", "Use the name that it is for in {source}, or give the service one for that name."),
    "tls-incomplete": ("comes without a chain to a root", "Have the service send the certificates between its own and the root."),
    "tls-untrusted": ("is not trusted", ""),
}  # fmt: skip


class Way:
    """To whom: `auth` is the identity service, `storage` what the catalogue or the login names."""

    def __init__(self, storage: SwiftStorage, to: str) -> None:
        self.storage = storage
        self.to = to
        self.service = "the identity service" if to == "auth" else "the storage"
        self.where = "storage.swift.authurl"
        if to == "storage" and storage.session.version > 1:
            self.where = "storage.swift.region" if storage.config.parameter("region").text else "storage.swift.authurl"
        self.source = self.where if to == "auth" else "the cluster's catalogue (or have the cluster mend it)"

    @property
    def trouble(self) -> NetworkTrouble | None:
        """Why no answer came."""
        return (self.storage.login if self.to == "auth" else self.storage.head).trouble

    def found(self, what: str, fix: str, trouble: NetworkTrouble, where: str | Where = "") -> Finding:
        """A finding that the start fails of."""
        named = "" if self.to == "auth" else f" The login went well and names {self.storage.session.storage_url}."
        return blocker(
            what=what,
            why=PANICS + named,
            fix=fix,
            where=where or self.where,
            breaks=EVERY_STAGE,
            evidence=[trouble, *(f"{subject}, signed by {issuer}" for subject, issuer in trouble.certificates)],
        )


def resolves(storage: SwiftStorage, to: str) -> Iterator[Finding]:
    """The name has an address."""
    way = Way(storage, to)
    if (found := way.trouble) is not None and found.kind == "name":
        fix = f"Mend the host in {way.source}, or have the registry's name service know {found.host}."
        yield way.found(f"The name of {way.service} can't be resolved: {found.text}.", fix + _other_shell(way), found)


def proxy(storage: SwiftStorage, to: str) -> Iterator[Finding]:
    """The proxy lets requests through. Raises `CannotTell` for one of a kind that this program does not speak to."""
    way = Way(storage, to)
    found = way.trouble
    if found is None:
        return
    if found.kind == "unsupported":
        raise CannotTell(found.text)
    if found.kind == "proxy":
        yield way.found(
            f"The way to {way.service} ends at the proxy: {found.text}.",
            "Have the proxy let the registry through, mend the variable, or name the host in NO_PROXY if it can be reached"
            " directly.",
            found,
            variable_of(found),
        )


def connects(storage: SwiftStorage, to: str) -> Iterator[Finding]:
    """Somebody takes the connection."""
    way = Way(storage, to)
    if (found := way.trouble) is not None and found.layer == "connect" and found.kind in _CONNECT:
        yield way.found(
            f"{_capital(way.service)} can't be reached: {found.text}.", _CONNECT[found.kind] + _other_shell(way), found
        )


def speaks(storage: SwiftStorage, to: str) -> Iterator[Finding]:
    """Both ends speak TLS, or neither."""
    way = Way(storage, to)
    found = way.trouble
    if found is not None and found.kind in _SPOKEN and (found.kind != "reset" or found.layer == "tls"):
        yield way.found(
            f"The registry and {way.service} speak different protocols: {found.text}.",
            _SPOKEN[found.kind].format(source=way.source),
            found,
        )


def certified(storage: SwiftStorage, to: str) -> Iterator[Finding]:
    """The certificate is taken."""
    way = Way(storage, to)
    if (found := way.trouble) is None or found.kind not in _CERTIFICATE:
        return
    meaning, fix = _CERTIFICATE[found.kind]
    signer = found.certificates[-1][1] if found.certificates else "its authority"
    fix = fix.format(source=way.source) or (
        f"Add the certificate of {signer} to the trust store of the registry's system or image, or name it in SSL_CERT_FILE."
        + unshared(storage.config, "SSL_CERT_FILE", "SSL_CERT_DIR")
    )
    yield way.found(f"The certificate of {way.service} {meaning}: {found.text}. Go says: x509.", fix, found)


def answers(storage: SwiftStorage, to: str, settled: Sequence[str] = ()) -> Iterator[Finding]:
    """What came of it is HTTP. Raises `CannotTell` where the answer took longer than this program waits."""
    way = Way(storage, to)
    found = way.trouble
    if found is None:
        return
    if found.kind == "timeout":
        raise CannotTell(f"{found.text}; the registry waits for a minute")
    yield way.found(f"{_capital(way.service)} gives no answer of HTTP: {found.text}.", "Mend the address.", found)


def _other_shell(way: Way) -> str:
    return unshared(way.storage.config, "HTTPS_PROXY", "HTTP_PROXY")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
