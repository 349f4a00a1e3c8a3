"""`azure.service-resolves`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, blocker, check

from .._shell import unshared
from ._account import REQUESTS, broken
from ._contact import ADDRESS, consequence, place, trouble


@check(
    "azure.service-resolves", storage=AzureStorage, needs=ADDRESS, touches="reads", drivers=["azure"], stages=REQUESTS
)
def service_resolves(storage: AzureStorage) -> Iterator[Finding]:
    """The name of the account's blob service has an address.

    The name is ACCOUNT.blob.REALM, and Azure makes one for each account: that it does not exist nearly always means
    that there is no such account, or that the realm is another cloud's. An account with a private endpoint keeps its
    public name, which leads to ACCOUNT.privatelink.blob.REALM. Behind a proxy the proxy resolves the name. A container
    may have another name server than this machine.
    """
    found = trouble(storage, "name")
    if found is None:
        return
    silent = "no answer" in found.text
    yield blocker(
        what=f"The registry would ask {storage.address.host}, and {found.text}.",
        why=consequence(storage.config),
        fix=(
            "See the name server of the registry's host."
            if silent
            else f"Compare {place(storage)} with the portal: each account has such a name, so there is no account"
            f" {storage.account} in this cloud."
        )
        + unshared(storage.config, "HTTPS_PROXY"),
        where=place(storage),
        breaks=broken(storage.config),
        evidence=found,
    )
