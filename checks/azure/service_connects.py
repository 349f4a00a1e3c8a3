"""`azure.service-connects`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, blocker, check

from .._shell import unshared
from ._account import REQUESTS, broken
from ._contact import at_service, consequence, place

FIXES = {
    "refused": "See what answers at that address: a private endpoint may be gone, or an emulator not started.",
    "timeout": "Let the firewall or the network security group pass port 443 from the registry's host to {host}.",
    "unreachable": "Give the registry's host a route to {host}; a container may have none.",
    "reset": "See what stands in front of {host}: a firewall that looks into connections, or a proxy that is not named.",
}


@check(
    "azure.service-connects",
    storage=AzureStorage,
    needs=["azure.service-resolves", "azure.proxy"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def service_connects(storage: AzureStorage) -> Iterator[Finding]:
    """The service takes connections from here.

    An account whose public access is off still has a public address, which refuses with an answer; that no connection
    comes about means the network in between. Up to 2.8 the registry waits for half a minute at start and panics.
    """
    found = at_service(storage)
    if found is None or found.layer != "connect" or found.kind not in FIXES:
        return
    yield blocker(
        what=f"The service can't be reached: {found.text}.",
        why=consequence(storage.config),
        fix=FIXES[found.kind].format(host=storage.address.host) + unshared(storage.config, "HTTPS_PROXY"),
        where=place(storage),
        breaks=broken(storage.config),
        evidence=found,
    )
