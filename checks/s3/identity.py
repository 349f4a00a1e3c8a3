"""`s3.identity`."""

from __future__ import annotations

import os
from collections.abc import Iterator

from registry_preflight import CannotTell, Finding, S3Refusal, S3Storage, Where, blocker, check, note, warning

from .._shell import unshared
from ._contact import consequence, contact, refused
from ._store import REQUESTS, path_of

VARIABLES = ("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SHARED_CREDENTIALS_FILE", "AWS_PROFILE")
#: What each code says of the keys, and what to do.
CODES = {
    "InvalidAccessKeyId": ("the store does not know the access key", "Mend the access key, or create it at this store; look at the endpoint too: a key is known to one store alone."),
    "SignatureDoesNotMatch": ("the secret key does not belong to the access key", "Mend the secret key."),
    "ExpiredToken": ("the temporary keys have expired", "Give long-lived keys, or a role that is renewed: the registry never renews keys that stand in its environment."),
    "TokenRefreshRequired": ("the temporary keys have expired", "Give long-lived keys, or a role that is renewed."),
    "InvalidToken": ("the session token does not belong to the keys", "Give the token that came with the keys, or none with long-lived ones."),
    "InvalidClientTokenId": ("the session token does not belong to the keys", "Give the token that came with the keys."),
    "UserSuspended": ("the user of the access key is suspended", "Enable the user at the store, or take another."),
    "InvalidSecurity": ("the store refuses the keys", "Create a new key."),
    "InactiveAccessKeyId": ("the access key is switched off", "Activate the key, or take another."),
    "NotSignedUp": ("the account of the access key is not signed up for S3", "Sign the account up, or take another."),
    "MissingSecurityHeader": ("the request came without a signature", "Give the registry a pair of keys."),
    "MissingAuthenticationToken": ("the request came without a signature", "Give the registry a pair of keys."),
    "AuthorizationHeaderMalformed": ("the access key breaks the signature's header", "Mend the access key: no blanks, quotes or slashes."),
}  # fmt: skip
#: Temporary keys of Amazon's begin so.
TEMPORARY = "ASIA"


@check(
    "s3.identity",
    storage=S3Storage,
    needs=["s3.clock", "s3.endpoint-speaks-s3", "s3.access-key", "s3.secret-key", "s3.aws-variables"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def identity(storage: S3Storage) -> Iterator[Finding]:
    """The store knows the keys that the registry signs with.

    Which keys these are is found as the release finds them: the pair of the config, then the environment; 2.x goes on
    to the shared credentials file and the role of the EC2 instance (IMDSv1, Debian's 2.8 also IMDSv2), 2.5 only where
    no endpoint is given; 3.x to a web identity, the shared file, a container role and the instance (IMDSv2). The
    registry starts with none at all. A session token comes from the environment or with a role, never from the config.
    """
    signer = storage.signer
    if signer.keys is None:
        yield _nobody(storage)
        return
    if signer.unknown and os.path.exists(os.path.expanduser("~/.aws/credentials")):
        raise CannotTell(f"{signer.unknown}; the keys may be others than {signer.source}")
    refusal = refused(storage, *CODES)
    if refusal is not None and not (refusal.code == "AuthorizationHeaderMalformed" and _names_region(refusal)):
        yield _refused(storage, refusal)
    elif (denied := contact(storage).refusal) and denied.denied and not denied.message and not storage.knows_keys():
        yield _hidden(storage, denied)
    elif signer.link != "config":
        yield note(
            what=f"The registry signs as {storage.identity}: {signer.source}.",
            why=f"The config has no pair of keys. Asked before: {'; '.join(signer.tried)}." if signer.tried else "",
            fix="Nothing, if that is who was meant.",
            where=path_of(storage.config, "accesskey"),
        )


def _names_region(refusal: S3Refusal) -> bool:
    return bool(refusal.fields.get("region")) or "region" in refusal.message.lower()


def _hidden(storage: S3Storage, refusal: S3Refusal) -> Finding:
    """Some stores do not tell wrong keys from missing rights: Ceph's gateway with STS says AccessDenied to both."""
    return warning(
        what=f"The store refuses {storage.identity} without a reason ({refusal.short}), even the list of its own buckets.",
        why="Either the keys are wrong, and the store does not say so, or they have no rights at all.",
        fix=f"Look at both keys first, then at the rights.{_shape(storage.signer.keys.secret_key) if storage.signer.keys else ''}",
        where=path_of(storage.config, "accesskey"),
        evidence=refusal,
    )


def _nobody(storage: S3Storage) -> Finding:
    signer = storage.signer
    if signer.unknown:
        raise CannotTell(f"no keys were found, but {signer.unknown}")
    return blocker(
        what="The registry finds no keys to sign with: NoCredentialProviders.",
        why=consequence(storage.config),
        fix=f"Set {path_of(storage.config, 'accesskey')} and {path_of(storage.config, 'secretkey')}, or give the"
        f" registry's host a role that this release can take.{unshared(storage.config, *VARIABLES)}",
        where=path_of(storage.config, "accesskey"),
        breaks=REQUESTS,
        evidence=list(signer.tried),
    )


def _refused(storage: S3Storage, refusal: S3Refusal) -> Finding:
    signer = storage.signer
    told, fix = CODES[refusal.code]
    keys = signer.keys
    if keys is not None and keys.access_key.startswith(TEMPORARY) and not keys.token:
        told, fix = (
            "the keys are temporary and came without their session token",
            "Give AWS_SESSION_TOKEN too, in the environment together with both keys.",
        )
    elif keys is not None and refusal.code == "SignatureDoesNotMatch":
        if not storage.address.amazon and _could_be_version_2(storage):
            told, fix = "it takes signatures of version 2 alone", f"Set {path_of(storage.config, 'v4auth')}: false"
        else:
            fix = f"{fix}{_shape(keys.secret_key)}{_between(storage)}"
    by_variable = signer.link == "environment"
    return blocker(
        what=f"The store refuses {storage.identity}: {told} ({refusal.short}).",
        why=consequence(storage.config),
        fix=f"{fix} It signs with {signer.source}.",
        where=Where(variable="AWS_ACCESS_KEY_ID")
        if by_variable
        else path_of(storage.config, "secretkey" if refusal.code == "SignatureDoesNotMatch" else "accesskey"),
        breaks=REQUESTS,
        evidence=refusal,
    )


def _could_be_version_2(storage: S3Storage) -> bool:
    config = storage.config
    return config.parameters.reads("v4auth") and config.parameter("v4auth").value is True and storage.takes_version_2()


def _shape(secret: str) -> str:
    """What the shape of a secret tells of how it was mangled."""
    oddities = (
        (secret != secret.strip(), "begins or ends with a blank or a line break"),
        (any(mark in secret for mark in "\"'`"), "holds a quote"),
        (any(mark in secret for mark in "${}<>"), "holds a mark of a template that nobody filled in"),
        ("%2F" in secret.upper() or "%2B" in secret.upper(), "is percent-encoded, as in a URL"),
        (" " in secret.strip(), "holds a blank: a plus sign may have become one"),
        (len(secret) == 39, "has 39 characters where Amazon's have 40: one may be lost"),
        (secret.endswith("\\") or "\\/" in secret, "holds a backslash, as from JSON"),
    )
    found = [words for odd, words in oddities if odd]
    return f" The secret {found[0]}." if found else ""


def _between(storage: S3Storage) -> str:
    """What else spoils signatures, where the store is not Amazon's."""
    if storage.address.amazon:
        return ""
    return " If it is right, a proxy in front of the store changes the Host header or the path."
