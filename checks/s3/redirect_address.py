"""`s3.redirect-address`."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, check, note, warning

from ._contact import place
from ._store import endpoint


@check("s3.redirect-address", storage=S3Storage, needs=["s3.endpoint-answers"], touches="reads", drivers=["s3"])
def redirect_address(storage: S3Storage) -> Iterator[Finding]:
    """The store's public name leads to an address that clients can reach.

    Pulls are redirected to the store's host name, and each client looks that name up for itself. Where it leads to a
    loopback or private address from here (an entry in a hosts file, a name server of one's own, a VPC endpoint), it may
    lead clients to another place, or nowhere.
    """
    config, address = storage.config, storage.address
    found = storage.addresses()
    if not config.redirects_to_storage or not found or ((given := endpoint(config)) and given.numeric):
        return
    inside = [one for one in found if ipaddress.ip_address(one).is_private]
    loopback = [one for one in inside if ipaddress.ip_address(one).is_loopback]
    if not inside or address.host == "localhost":
        return
    say = warning if loopback else note
    yield say(
        what=f"Pulls are redirected to {address.host}, which from here is {inside[0]}.",
        why="Clients that look the name up get their own machine, or another address than the registry."
        if loopback
        else "Clients outside this network get another address, or none.",
        fix="See that clients reach the store by that name, or set storage.redirect.disable: true.",
        where=place(storage),
    )
