"""`s3.endpoint-protocol`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, blocker, check

from ._contact import consequence, contact
from ._store import REQUESTS, path_of

SPOKEN = ("plain-on-tls", "tls-on-plain", "tls-protocol")


@check(
    "s3.endpoint-protocol",
    storage=S3Storage,
    needs=["s3.endpoint-connects"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def endpoint_protocol(storage: S3Storage) -> Iterator[Finding]:
    """The store speaks what the endpoint says: TLS for https://, plain HTTP for http://.

    A scheme in the endpoint decides, and only without one `secure` does. A TLS port closes the connection on plain HTTP
    or answers with a page, and Go says `EOF`; a plain port makes it say `server gave HTTP response to HTTPS client`
    (2.8.2, seen with both). Also: a version of TLS in common, and no demand for a client's certificate, which the
    driver has none of.
    """
    found = contact(storage).trouble
    if found is None or (found.kind not in SPOKEN and (found.kind, found.layer) != ("reset", "tls")):
        return
    config, address = storage.config, storage.address
    schemed = address.given and "://" in config.parameter("regionendpoint").text
    other = "https" if found.kind == "plain-on-tls" else "http"
    agreed = found.kind in ("tls-protocol", "reset")  # that it is TLS, at least
    if agreed:
        fix = (
            "Let the store offer TLS 1.2 or later with a usual cipher, and demand no certificate of its clients; see that"
            " what stands in front of it has a server behind it."
        )
    elif schemed:
        fix = f"Write {other}:// in {path_of(config, 'regionendpoint')}, or the port that speaks {address.scheme}."
    else:
        fix = f"Set {path_of(config, 'secure')}: {'true' if other == 'https' else 'false'}"
    yield blocker(
        what=f"The registry and the store speak different protocols: {found.text}.",
        why=consequence(config),
        fix=fix,
        where=path_of(config, "regionendpoint" if schemed or agreed else "secure"),
        breaks=REQUESTS,
        evidence=found,
    )
