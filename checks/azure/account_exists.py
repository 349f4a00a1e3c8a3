"""`azure.account-exists`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, blocker, check

from ._account import REQUESTS
from ._contact import consequence, fails, place, refused

#: What each code says, what to do, and which setting it is about.
CODES = {
    "AccountIsDisabled": ("The account {account} is disabled", "Enable the account or its subscription, or pay the bill."),
    "ResourceNotFound": ("There is no account {account} at {host}", "Mend the account's name or the address."),
    "FeatureNotSupportedForAccount": ("The account {account} has no blobs of the kind that a registry needs", "Use a general-purpose v2 account (Standard), or a premium account for block blobs."),
    "AccountRequiresHttps": ("The account {account} takes no plain HTTP", "Write https:// in serviceurl, or switch off 'Secure transfer required'."),
    "InvalidHeaderValue": ("The service does not take the API version {version} of this release's library", "Where the service is newer, use a newer release of the registry; where it is an older private cloud or an emulator, update that (Azurite: --skipApiVersionCheck)."),
    "InvalidUri": ("The service does not understand the container's name", "Write the name alone, as the portal shows it."),
    "InvalidResourceName": ("{container} is no name that a container can have", "Write the name as the portal shows it."),
    "OutOfRangeInput": ("{container} is no name that a container can have", "Write the name as the portal shows it."),
    "InvalidInput": ("The service does not understand the request", "Compare account, container and address with the portal."),
}  # fmt: skip


@check(
    "azure.account-exists",
    storage=AzureStorage,
    needs=["azure.service-answers"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def account_exists(storage: AzureStorage) -> Iterator[Finding]:
    """The account is there and takes requests of this release.

    It must be enabled, and of a kind that has blobs at all. Where it requires secure transfer, plain HTTP is refused;
    only a `serviceurl` of 3.x can be plain. The API version is the one that the release's library sends: what stands
    in front of an account, or an emulator, may not take one from 2016.
    """
    refusal = refused(storage, *CODES)
    if refusal is None:
        return
    what, fix = CODES[refusal.code]
    address = storage.address
    told = what.format(
        account=storage.account, container=storage.container, host=address.host, version=storage.wire.version
    )
    on_container = refusal.code in ("InvalidUri", "InvalidResourceName", "OutOfRangeInput")
    yield blocker(
        what=f"{told}: {refusal.short}.",
        why=consequence(storage.config, refusal),
        fix=fix,
        where=storage.config.parameter("container").path if on_container else place(storage),
        breaks=fails(storage.config, refusal),
        evidence=refusal,
    )
