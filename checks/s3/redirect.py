"""`s3.redirect`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

from ._store import Endpoint, endpoint, path_of

INSIDE = (
    ".svc",
    ".local",
    ".internal",
    ".lan",
    ".home",
    ".localdomain",
    ".corp",
    ".intranet",
    ".private",
    ".localhost",
    ".test",
)


@check("s3.redirect", when=("storage.*.regionendpoint",), needs=["storage.driver"], drivers=["s3"])
def redirect(config: Config) -> Iterator[Finding]:
    """Clients can reach the store that they are sent to.

    On a pull the registry does not hand out the layer itself: it sends the client to the store, with an address that
    it has signed for the endpoint's host. A client outside the cluster or the private network cannot reach that host,
    and a proxy that puts another host in its place breaks the signature. Redirects are on unless `redirect.disable`
    is true.
    """
    place = endpoint(config)
    if place is None or place.wrong or place.amazon or not (kind := _inside(place)) or not config.redirects_to_storage:
        return
    yield warning(
        what=f"Pulls are redirected to {place.url}, {kind}.",
        why="Pushes work, and so do pulls from beside the registry. Clients elsewhere get an address that they cannot"
        " reach, or, through a proxy that changes the host, one whose signature is wrong.",
        fix="Set storage.redirect.disable: true, or an endpoint that clients reach under the same name.",
        where=path_of(config, "regionendpoint"),
    )


def _inside(place: Endpoint) -> str:
    """What kind of place it is, if only neighbours can reach it."""
    host = place.host
    if host in ("localhost", "::1") or (place.numeric and host.startswith("127.")):
        return "which is every client's own machine"
    if place.numeric:
        return "a private address" if _private(host) else ""
    if host.endswith(INSIDE) or ".svc." in host:
        return "a name that only a cluster or a private network knows"
    return "" if "." in host else "a name without a domain, which only neighbours know"


def _private(host: str) -> bool:
    if ":" in host:
        return host.startswith(("fc", "fd", "fe8", "fe9", "fea", "feb"))
    first, _, rest = host.partition(".")
    second = rest.partition(".")[0]
    number = int(second) if second.isdigit() else -1
    return (
        first == "10"
        or (first == "172" and 16 <= number <= 31)
        or (first == "192" and number == 168)
        or (first == "169" and number == 254)
        or (first == "100" and 64 <= number <= 127)
    )
