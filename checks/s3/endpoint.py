"""`s3.endpoint`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, warning

from ._store import REQUESTS, Endpoint, endpoint, path_of


@check("s3.endpoint", when=("storage.*.regionendpoint",), needs=["storage.driver"], drivers=["s3"])
def s3_endpoint(config: Config) -> Iterator[Finding]:
    """The endpoint is an address to which a request can be sent.

    `regionendpoint` is a URL, or a host with a port. It is not looked at when the registry starts: any value will do,
    even a list. Each request then fails in Go before it leaves: a scheme other than http and https, a blank, a port
    that is none, a single slash after http: (2.8.2, seen with each). A host without scheme and port is called on 443,
    or on 80 with `secure: false`, while many stores listen elsewhere: MinIO on 9000.
    """
    place = endpoint(config)
    if place is None:
        return
    path = path_of(config, "regionendpoint")
    if place.wrong:
        yield blocker(
            what=f"No request can be sent to the endpoint {config.parameter('regionendpoint').text!r}: {place.wrong}.",
            why="The registry starts all the same; everything that touches the storage fails.",
            fix=f"Write the store's address as a URL: {path}: https://HOST:PORT",
            where=path,
            breaks=REQUESTS,
        )
    elif not place.schemed and not place.port and not place.amazon:
        yield warning(
            what=f"The endpoint has neither scheme nor port: the registry will call {place.url}, port"
            f" {443 if place.scheme == 'https' else 80}.",
            why="If the store listens on another port, or speaks the other protocol, requests hang or fail while the"
            " registry looks healthy.",
            fix=f"Write the whole URL: {path}: {place.url}, with the port behind if it is another, such as :9000 of MinIO.",
            where=path,
        )
    else:
        yield from _odd(place, path)


def _odd(place: Endpoint, path: str) -> Iterator[Finding]:
    if place.port == ("80" if place.scheme == "https" else "443"):
        other = "http" if place.scheme == "https" else "https"
        yield warning(
            what=f"The endpoint {place.url} pairs {place.scheme} with the port of {other}.",
            why="A server that listens there most likely speaks the other protocol: every request fails.",
            fix=f"Set {path} to {other}://{place.host}, or to the right port.",
            where=path,
        )
    if place.port == "9001":
        yield warning(
            what="The endpoint's port is 9001, where MinIO by default has its console and not its storage.",
            why="The console answers requests with a web page: the registry starts, and pushes fail.",
            fix="Use the port of the S3 interface, 9000 by default.",
            where=path,
        )
    if place.user:
        yield warning(
            what="The endpoint holds a user or a password.",
            why="The driver does not use them, and they end up in logs and in the addresses that clients get.",
            fix="Take them out; accesskey and secretkey are the place for credentials.",
            where=path,
        )
