"""`swift.catalog`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Finding, SwiftLogin, SwiftStorage, blocker, check

from ._reach import PANICS


@check(
    "swift.catalog",
    storage=SwiftStorage,
    needs=["swift.identity"],
    touches="reads",
    drivers=["swift"],
    stages=(START, GC),
)
def catalog(storage: SwiftStorage) -> Iterator[Finding]:
    """The login names an address of the storage.

    By version 1 it stands in the answer. By version 2 and 3 the driver looks in the catalogue for the service object-store,
    an endpoint of the type `endpointtype` and the region `region`, letter by letter; without a region the first one will do.
    A token that is for no project has no catalogue. Where it finds none the registry panics at start with `Response didn't
    have storage url and auth token` (2.8.2 with a real Keystone).
    """
    login = storage.session
    if login.storage_url:
        return
    what, fix, where = _missing(storage, login)
    yield blocker(
        what=what,
        why=f"{PANICS} It says: Response didn't have storage url and auth token.",
        fix=fix,
        where=where,
        breaks=EVERY_STAGE,
        evidence=[f"{one.interface} in {one.region}: {one.url}" for one in login.endpoints],
    )


def _missing(storage: SwiftStorage, login: SwiftLogin) -> tuple[str, str, str]:
    config = storage.config
    region, interface = config.parameter("region").text, config.parameter("endpointtype").text or "public"
    if login.version == 1:
        return (
            "The answer to the login has no X-Storage-Url.",
            "Let authurl name the login of a Swift.",
            "storage.swift.authurl",
        )
    if not login.services:
        return (
            "The token is for no project, and so has no catalogue.",
            "Set storage.swift.tenant to the name of the project.",
            "storage.swift.tenant",
        )
    if not login.endpoints:
        return (
            f"The catalogue has no object storage; it has {', '.join(login.services)}.",
            "Have the cluster's operators add the service object-store, or use another cluster.",
            "storage.swift.authurl",
        )
    regions = sorted({one.region for one in login.endpoints if one.interface == interface})
    if region and region not in {one.region for one in login.endpoints}:
        return (
            f"The catalogue has no object storage in the region {region}.",
            f"Set storage.swift.region to {' or '.join(regions or sorted({one.region for one in login.endpoints}))}.",
            "storage.swift.region",
        )
    there = sorted({one.interface for one in login.endpoints if region in ("", one.region)})
    return (
        f"The catalogue has no {interface} address of the object storage"
        + (f" in the region {region}." if region else "."),
        f"Set storage.swift.endpointtype to {' or '.join(there)}.",
        "storage.swift.endpointtype",
    )
