"""`azure.certificate`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, NetworkTrouble, blocker, check

from .._shell import unshared
from ._account import REQUESTS, broken
from ._contact import at_service, consequence, place

MEANINGS = {
    "tls-expired": "has expired",
    "tls-not-yet-valid": "is not valid yet",
    "tls-name": "is for another name",
    "tls-incomplete": "comes without a chain to a root",
    "tls-untrusted": "is not trusted",
    "tls-protocol": "can't be seen: no TLS connection comes about",
    "tls-on-plain": "can't be seen: plain HTTP is spoken there",
    "plain-on-tls": "is wanted: the service speaks TLS there",
}


@check(
    "azure.certificate",
    storage=AzureStorage,
    needs=["azure.service-connects"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def certificate(storage: AzureStorage) -> Iterator[Finding]:
    """The registry takes the service's certificate.

    Microsoft's are signed by authorities that every trust store has. Another one means that something in between opens
    the connections (then its authority belongs into the trust store of the registry's image, or into SSL_CERT_FILE),
    or that the store is old. Go looks at the system's store, SSL_CERT_FILE and SSL_CERT_DIR of the registry's process.
    A container brings its own store, which is not this machine's. Up to 2.8 nothing can switch this off.
    """
    found = at_service(storage)
    if found is None or (found.kind not in MEANINGS and (found.kind, found.layer) != ("reset", "tls")):
        return
    meaning = MEANINGS.get(found.kind, "can't be seen: the connection ends in the handshake")
    yield blocker(
        what=f"The service's certificate {meaning}: {found.text}.",
        why=consequence(storage.config) + (" Go says: x509." if found.kind in tuple(MEANINGS)[:5] else ""),
        fix=_fix(storage, found),
        where=place(storage),
        breaks=broken(storage.config),
        evidence=[found, *(f"{subject}, signed by {issuer}" for subject, issuer in found.certificates)],
    )


def _fix(storage: AzureStorage, found: NetworkTrouble) -> str:
    if found.kind in ("tls-untrusted", "tls-incomplete"):
        signer = found.certificates[-1][1] if found.certificates else "its authority"
        return (
            f"If {signer} is an authority of your own, add it to the trust store of the registry's image or name it in"
            f" SSL_CERT_FILE; if not, find out who opens the connection.{unshared(storage.config, 'SSL_CERT_FILE')}"
        )
    if found.kind == "tls-name":
        return "Use the account's own name, ACCOUNT.blob.REALM: names of private links and aliases have no certificate."
    if found.kind in ("plain-on-tls", "tls-on-plain"):
        scheme = "https" if found.kind == "plain-on-tls" else "http"
        return f"Write {scheme}:// in {place(storage)}, or the port that speaks {storage.address.scheme}."
    if found.kind in ("tls-expired", "tls-not-yet-valid"):
        return "Look at this machine's clock, and at what stands in front of the service."
    return "See what stands in front of the service: Azure offers TLS 1.2 and 1.3."
