"""`s3.endpoint-connects`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, NetworkTrouble, S3Storage, blocker, check

from .._shell import unshared
from ._contact import consequence, contact, place
from ._store import REQUESTS

FIXES = {
    "refused": "Start the store, or mend host and port: MinIO listens on 9000, Ceph's gateway on 7480 or 8080."
    " Inside a container 127.0.0.1 is the container itself.",
    "timeout": "Let the firewall, the security group or the routes pass the registry's host to {netloc}.",
    "unreachable": "Give the registry's host a route to {netloc}; a container may have none (--iptables=false).",
    "reset": "See what stands in front of {netloc}: a balancer without a server behind it, or a firewall.",
}


@check(
    "s3.endpoint-connects",
    storage=S3Storage,
    needs=["s3.endpoint-resolves", "s3.proxy"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def endpoint_connects(storage: S3Storage) -> Iterator[Finding]:
    """The store takes connections from here.

    All addresses of the host are tried, each for five seconds. The registry itself waits for thirty, three times over,
    so that pushes seem to hang where a firewall drops packets. What this machine can reach, a container on it may not.
    """
    found = contact(storage).trouble
    if not isinstance(found, NetworkTrouble) or found.layer != "connect" or found.kind not in FIXES:
        return
    config, address = storage.config, storage.address
    yield blocker(
        what=f"The store can't be reached: {found.text}.",
        why=consequence(config),
        fix=FIXES[found.kind].format(netloc=address.netloc)
        + unshared(config, "HTTPS_PROXY" if address.scheme == "https" else "HTTP_PROXY"),
        where=place(storage),
        breaks=REQUESTS,
        evidence=found,
    )
