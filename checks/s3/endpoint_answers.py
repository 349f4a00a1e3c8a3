"""`s3.endpoint-answers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import CannotTell, Finding, S3Storage, Where, blocker, check

from ._contact import NO_XML, consequence, contact, place
from ._store import REQUESTS

KINDS = {
    "timeout": "See why the store is so slow, and what stands in front of it.",
    "reset": "See the store's own log, and what stands in front of it: a balancer that has no server, a port of another"
    " service.",
    "not-http": "Give the address and the port of the store's S3 service.",
    "too-large": "See what answers there: no store sends such headers.",
    "truncated": "See what stands between: a proxy or a balancer cuts answers off.",
}
#: A server error with a page and no XML comes from what stands in front of the store.
GATEWAY = 500


@check(
    "s3.endpoint-answers",
    storage=S3Storage,
    needs=["s3.certificate"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def endpoint_answers(storage: S3Storage) -> Iterator[Finding]:
    """The store answers requests over HTTP.

    A connection is not an answer: a balancer takes connections for servers that are down, and a port may belong to
    another service. An overloaded store is asked four times, as the registry's library does.
    """
    heard = contact(storage)
    if heard.trouble is not None and heard.trouble.kind == "unsendable":
        if storage.signer.link == "config":
            raise CannotTell("no request can be sent with this access key or region, see s3.access-key and s3.region")
        yield blocker(
            what=f"No request can be sent: {heard.trouble.text}.",
            why=consequence(storage.config) + " Go refuses to write such a header.",
            fix="Take line breaks and other control characters out of the access key and the session token.",
            where=Where(variable="AWS_ACCESS_KEY_ID"),
            breaks=REQUESTS,
        )
    elif heard.trouble is not None and heard.trouble.kind in KINDS and heard.trouble.layer in ("http", "tls"):
        yield blocker(
            what=f"The store gives no proper answer: {heard.trouble.text}.",
            why=consequence(storage.config),
            fix=KINDS[heard.trouble.kind],
            where=place(storage),
            breaks=REQUESTS,
            evidence=heard.trouble,
        )
    elif heard.refusal is not None and heard.refusal.status >= GATEWAY and heard.refusal.code in (NO_XML, "Unknown"):
        yield blocker(
            what=f"Something in front of the store answers {heard.refusal.status}.",
            why=consequence(storage.config),
            fix="See that the store behind it runs, and that the proxy or balancer knows where it is.",
            where=place(storage),
            breaks=REQUESTS,
            evidence=heard.refusal,
        )
