"""`s3.certificate`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, NetworkTrouble, S3Storage, blocker, check

from .._shell import unshared
from ._contact import consequence, contact, place
from ._store import REQUESTS, path_of

#: What is wrong, in a word, and what to do.
MEANINGS = {
    "tls-expired": ("has expired", "Renew the store's certificate."),
    "tls-not-yet-valid": ("is not valid yet", "Compare the clocks of the store and of this machine; if both are right, wait."),
    "tls-name": ("is for another name", ""),
    "tls-incomplete": ("comes without a chain to a root", ""),
    "tls-untrusted": ("is not trusted", ""),
}  # fmt: skip


@check(
    "s3.certificate",
    storage=S3Storage,
    needs=["s3.endpoint-protocol"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def certificate(storage: S3Storage) -> Iterator[Finding]:
    """The registry takes the store's certificate.

    Looked at as Go does: signed by an authority of the system's store, or of SSL_CERT_FILE and SSL_CERT_DIR of the
    registry's environment (a server's own certificate may stand there as well); in date; for the host that is asked,
    by its alternative names (releases up to 2.7 also take the common name). Browsers fetch missing intermediate
    certificates, Go does not. AWS_CA_BUNDLE counts from 3.0 on. A container brings its own store, which is not this
    machine's. `skipverify: true` takes any certificate, for the registry but not for clients that are redirected.
    """
    found = contact(storage).trouble
    if found is None or found.kind not in MEANINGS:
        return
    meaning, fix = MEANINGS[found.kind]
    yield blocker(
        what=f"The store's certificate {meaning}: {found.text}.",
        why=consequence(storage.config) + " Go says: x509.",
        fix=fix or _fix(storage, found),
        where=place(storage),
        breaks=REQUESTS,
        evidence=[found, *(f"{subject}, signed by {issuer}" for subject, issuer in found.certificates)],
    )


def _fix(storage: S3Storage, found: NetworkTrouble) -> str:
    if found.kind == "tls-name":
        return _for_name(storage)
    authority = _for_authority(storage.config, found)
    if found.kind != "tls-incomplete":
        return authority
    issuer = found.certificates[0][1]
    return (
        f"If {issuer} is an intermediate authority, have the server send its certificate behind its own. If it is a root"
        f" of yours: {authority[0].lower()}{authority[1:]}"
    )


def _for_name(storage: S3Storage) -> str:
    address = storage.address
    if address.bucket_in_host and address.given:
        return (
            f"Set {path_of(storage.config, 'forcepathstyle')}: true, or give the store a certificate for"
            f" *.{address.host.partition('.')[2]}."
        )
    return f"Use the name that the certificate is for, or give the store one for {address.host}."


def _for_authority(config: Config, found: NetworkTrouble) -> str:
    signer = found.certificates[-1][1] if found.certificates else "its authority"
    if config.environment.get("AWS_CA_BUNDLE") and config.release.at_least("3.0"):
        return (
            f"Put the certificate of {signer} into the file that AWS_CA_BUNDLE names: with it, no other store counts."
        )
    hint = unshared(config, "SSL_CERT_FILE", "SSL_CERT_DIR")
    return (
        f"Add the certificate of {signer} to the trust store of the registry's system or image, or name it in"
        f" SSL_CERT_FILE.{hint}"
    )
