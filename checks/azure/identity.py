"""`azure.identity`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, S3Refusal, blocker, check

from ._account import REQUESTS, broken
from ._contact import AMBIGUOUS, by_emulator, consequence, refused

#: Codes that are about who asks.
CODES = (
    "AuthenticationFailed",
    "KeyBasedAuthenticationNotPermitted",
    "InvalidAuthenticationInfo",
    "NoAuthenticationInformation",
    "Unauthorized",
)


@check(
    "azure.identity",
    storage=AzureStorage,
    needs=["azure.clock", "azure.token"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def identity(storage: AzureStorage) -> Iterator[Finding]:
    """The service knows who the registry is.

    Up to 2.8 that is one of the account's two keys. A key that was regenerated, one of another account, or one that
    lost a character signs requests that Azure refuses with AuthenticationFailed. An account may also refuse keys
    altogether ("Allow storage account key access" off): then only 3.x can use it, with a token. A token for another
    cloud or another service is refused too.
    """
    refusal = refused(storage, *CODES)
    if refusal is None:
        found = refused(storage, AMBIGUOUS)
        refusal = found if found is not None and by_emulator(found) else None
    if refusal is None:
        return
    what, fix = _told(storage, refusal)
    config = storage.config
    yield blocker(
        what=f"The service refuses {storage.identity}: {what} ({refusal.short}).",
        why=consequence(config),
        fix=fix,
        where=config.parameter("credentials.type" if storage.by_token else "accountkey").path,
        breaks=broken(config),
        evidence=[refusal, refusal.fields.get("detail", "").partition("'")[0]],
    )


def _told(storage: AzureStorage, refusal: S3Refusal) -> tuple[str, str]:
    if refusal.code == "KeyBasedAuthenticationNotPermitted":
        if storage.old:
            fix = (
                "Allow access by key (az storage account update --allow-shared-key-access true), or use 3.1 with"
                " credentials.type: client_secret or default_credentials."
            )
        else:
            fix = "Use credentials.type: client_secret or default_credentials, or allow access by key."
        return "the account takes no keys", fix
    if storage.by_token:
        return (
            "the token is for another cloud, tenant or service",
            "See that the identity lives in the tenant of the account's subscription, and set AZURE_AUTHORITY_HOST for"
            " another cloud than the public one.",
        )
    if "Issuer" in refusal.fields.get("detail", ""):
        return "its tenant is another", "Use an identity of the account's tenant."
    return (
        "the signature is not that of one of the account's keys",
        f"Copy key1 or key2 of the account again: az storage account keys list --account-name {storage.account}",
    )
