"""`s3.endpoint-speaks-s3`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, PUSH, CannotTell, Finding, S3Refusal, S3Storage, blocker, check

from ._contact import LIST, NO_XML, consequence, contact, place
from ._store import REQUESTS, path_of

BUCKETS = "ListAllMyBucketsResult"
#: Redirects that S3 itself gives, to another region.
OF_S3 = ("PermanentRedirect", "TemporaryRedirect", "Redirect")
#: With these Go repeats the request as it was.
REPEATED = (307, 308)


@check(
    "s3.endpoint-speaks-s3",
    storage=S3Storage,
    needs=["s3.endpoint-answers"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def endpoint_speaks_s3(storage: S3Storage) -> Iterator[Finding]:
    """What answers is an S3 store, and it takes the request for what it is.

    A web console, a login page or another service answers with HTML: the driver then fails to decode it, or takes an
    empty document for an empty bucket. A gateway that does not know its own host name takes a request with the bucket
    in the host for one without a bucket: it answers 200 with the list of buckets (Ceph, seen). A redirect, such as from
    http:// to https://, is followed in part: Go makes a GET of each PUT and POST, and with some versions leaves the
    signature out.
    """
    heard = contact(storage)
    if heard.trouble is not None:
        return
    if heard.refusal is not None:
        if heard.refusal.fields.get("location") and heard.refusal.code not in OF_S3:
            yield from _elsewhere(storage, heard.refusal)
        elif heard.refusal.code == NO_XML or _bare(heard.refusal):
            yield _another(storage, heard.refusal)
    elif heard.root == BUCKETS:
        yield blocker(
            what=f"The store answers a request for {storage.bucket} with the list of buckets: it does not see the bucket"
            f" in the host {storage.address.host}.",
            why="The registry sees an empty store, and its writes are refused.",
            fix=f"Set {path_of(storage.config, 'forcepathstyle')}: true, or tell the store its host name (Ceph:"
            " rgw_dns_name).",
            where=place(storage),
            breaks=REQUESTS,
        )
    elif heard.root != LIST:
        yield _another(storage, f"200 with the element {heard.root}")


def _elsewhere(storage: S3Storage, refusal: S3Refusal) -> Iterator[Finding]:
    to = refusal.fields["location"].partition("?")[0]
    if refusal.status not in REPEATED:
        yield blocker(
            what=f"{storage.address.netloc} redirects to {to} ({refusal.status}).",
            why="The registry starts. Go follows such a redirect with a GET, also where it was a PUT or a POST: nothing is"
            " written or removed, and every push fails.",
            fix=f"Write the address itself into {place(storage)}: the scheme and host of {to}",
            where=place(storage),
            breaks=(PUSH, GC),
            evidence=refusal,
        )
    raise CannotTell(f"the store redirects to {to}, and what becomes of the signature depends on the version of Go")


def _bare(refusal: S3Refusal) -> bool:
    """Whether an answer has neither an S3 code nor a sign of S3 in its headers; the store tells more with a GET."""
    named = any(name.startswith(("x-amz-", "x-rgw-", "x-minio-")) for name in refusal.fields)
    return refusal.code in ("Forbidden", "NotFound", "Unknown") and not named


def _another(storage: S3Storage, said: S3Refusal | str) -> Finding:
    server = said.fields.get("server", "") if isinstance(said, S3Refusal) else ""
    status = said.status if isinstance(said, S3Refusal) else 200
    told = f" ({server})" if server else ""
    return blocker(
        what=f"What answers at {storage.address.netloc}{told} does not speak S3: status {status}, and no answer of S3's.",
        why=consequence(storage.config),
        fix="Give the address of the S3 service: not a web console (MinIO's is on 9001), not a page in front of it, and"
        " a proxy must pass paths and the Host header on unchanged.",
        where=place(storage),
        breaks=REQUESTS,
        evidence=said,
    )
