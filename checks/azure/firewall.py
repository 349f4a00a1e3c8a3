"""`azure.firewall`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, blocker, check

from ._account import REQUESTS, broken
from ._contact import AMBIGUOUS, by_emulator, consequence, place, refused


@check(
    "azure.firewall",
    storage=AzureStorage,
    needs=["azure.account-exists"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def firewall(storage: AzureStorage) -> Iterator[Finding]:
    """The account lets this network in.

    Under "Networking" an account may take requests from chosen networks alone, or from private endpoints alone. It
    then answers 403 AuthorizationFailure before it looks at any key; a wrong key is AuthenticationFailed. Networks in
    Azure come in by their virtual network, others by their public address: a registry behind NAT has the gateway's.
    This machine is asked about, not the registry's host, if that is another.
    """
    refusal = refused(storage, AMBIGUOUS, "AuthorizationSourceIPMismatch")
    if refusal is None or by_emulator(refusal):
        return
    yield blocker(
        what=f"The account {storage.account} does not let this network in: {refusal.short}.",
        why=consequence(storage.config),
        fix=f"Add the registry's network to the account's firewall (az storage account network-rule add --account-name"
        f" {storage.account} ...), or give it a private endpoint.",
        where=place(storage),
        breaks=broken(storage.config),
        evidence=refusal,
    )
