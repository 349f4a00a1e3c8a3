"""`s3.endpoint-resolves`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, blocker, check

from .._shell import unshared
from ._contact import ADDRESS, consequence, place, trouble
from ._store import REQUESTS, path_of


@check("s3.endpoint-resolves", storage=S3Storage, needs=ADDRESS, touches="reads", drivers=["s3"], stages=REQUESTS)
def endpoint_resolves(storage: S3Storage) -> Iterator[Finding]:
    """The host that the registry asks has an address.

    That is not always the host of the endpoint. Amazon's host follows from the region by the release's own table, and
    for most buckets the bucket's name stands in front of it. From 3.0 on it stands in front of an endpoint's host too,
    unless `forcepathstyle` is true. Behind a proxy the proxy resolves the name, and nothing is looked up here. A
    container may have another name server than this machine.
    """
    found = trouble(storage, "name")
    if found is None:
        return
    address, config = storage.address, storage.config
    if address.bucket_in_host and address.given:
        fix = f"Set {path_of(config, 'forcepathstyle')}: true, or have the name service know {address.host}."
    elif address.given:
        fix = f"Mend the host in {path_of(config, 'regionendpoint')}, or have the registry's name service know it."
    else:
        fix = f"Look at {path_of(config, 'region')} and at the name service of the registry's host."
    yield blocker(
        what=f"The registry would ask {address.host}, and {found.text}.",
        why=consequence(config),
        fix=fix + unshared(config, "HTTPS_PROXY" if address.scheme == "https" else "HTTP_PROXY"),
        where=path_of(config, "forcepathstyle") if address.bucket_in_host and address.given else place(storage),
        breaks=REQUESTS,
        evidence=found,
    )
