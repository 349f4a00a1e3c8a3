"""The first signed request on the bucket."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import CannotTell, Finding, S3Refusal, S3Storage, blocker, check

from ._contact import consequence
from ._store import REQUESTS, path_of

#: Refusals that every other request will meet as well: what is wrong, what to do, and which setting it is about.
_FOR_ALL = {
    "NoSuchBucket": ("There is no bucket {bucket}", "Create the bucket, or mend its name; the registry creates none.", "bucket"),
    "NoSuchKey": ("The store takes a request on the bucket for one on an object", "Leave the bucket's name out of regionendpoint.", "regionendpoint"),
    "InvalidBucketName": ("{bucket} is no name that a bucket can have", "Mend the bucket's name.", "bucket"),
    "AccountProblem": ("The account of the bucket has a problem", "Ask the provider.", "bucket"),
    "AllAccessDisabled": ("All access to {bucket} has been disabled", "Ask the provider.", "bucket"),
    "InvalidRequest": ("The store does not take requests of this kind", "Look at v4auth and the region.", "region"),
}  # fmt: skip
#: What else a store may say to every request, and the statuses that say so of themselves that they may pass.
_ANY = ("The store refuses requests on {bucket}", "Look the code up in the store's manual; its message tells more.", "regionendpoint")  # fmt: skip
BROKEN = 500


@check(
    "s3.bucket-exists",
    storage=S3Storage,
    needs=["s3.bucket-acceleration", "s3.root-directory"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def bucket_exists(storage: S3Storage) -> Iterator[Finding]:
    """The bucket exists and answers these credentials.

    The registry starts without a single request, and neither creates a bucket nor looks for one: the first push or pull
    meets whatever is wrong. A refusal for want of rights passes here, and so does a kind of list that the store does
    not know; the checks of each request tell more.
    """
    step = storage.rehearsal.step("list blob")
    if step.error is None or step.error.code == "NotImplemented":
        return
    if step.error.denied and step.error.code not in _FOR_ALL:
        return
    yield _refused(storage, step.error)


def _refused(storage: S3Storage, refusal: S3Refusal) -> Finding:
    code = "NoSuchBucket" if refusal.missing and refusal.code == "NotFound" else refusal.code
    if code not in _FOR_ALL and refusal.status >= BROKEN:
        raise CannotTell(f"the store answers {refusal.short}: {refusal.message}")
    what, fix, setting = _FOR_ALL.get(code, _ANY)
    return blocker(
        what=f"{what.format(bucket=storage.bucket)}: {refusal.short}{': ' + refusal.message.rstrip('.') if code not in _FOR_ALL and refusal.message else ''}.",
        why=consequence(storage.config),
        fix=fix,
        where=path_of(storage.config, setting),
        breaks=REQUESTS,
        evidence=refusal,
    )
