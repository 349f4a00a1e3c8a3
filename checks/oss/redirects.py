"""`oss.redirects`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning


@check("oss.redirects", needs=["storage.driver"], drivers=["oss"])
def redirects(config: Config) -> Iterator[Finding]:
    """Clients can reach the host that pulls are redirected to.

    The address of a layer has the host that the registry itself uses. One of the internal network saves the traffic's
    price, and is unreachable from anywhere else.
    """
    host = config.parameter("endpoint")
    inside = "-internal." in host.text if host.text else config.parameter("internal").value is True
    if not inside or not config.redirects_to_storage:
        return
    yield warning(
        what="Pulls are redirected to an internal host of the cloud.",
        why="Pushes work; clients outside that network cannot fetch a layer.",
        fix="Set storage.redirect.disable: true, or use the public host.",
        where=host.path if host.text else "storage.oss.internal",
    )
