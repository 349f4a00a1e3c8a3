"""The first signed request on the bucket."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import CannotTell, Finding, S3Refusal, S3Storage, blocker, check

from ._store import REQUESTS, path_of

#: Refusals that every other request will meet as well: what is wrong, what to do, and which setting it is about.
_FOR_ALL = {
    "NoSuchBucket": ("There is no bucket {bucket}", "Create the bucket, or mend its name; the registry creates none.", "bucket"),
    "InvalidBucketName": ("{bucket} is no name that a bucket can have", "Mend the bucket's name.", "bucket"),
    "PermanentRedirect": ("The bucket {bucket} is elsewhere{hint}", "Set the region and the endpoint of the bucket.", "region"),
    "TemporaryRedirect": ("The bucket {bucket} is elsewhere{hint}", "Set the region and the endpoint of the bucket.", "region"),
    "AuthorizationHeaderMalformed": ("The store does not take the signature's parts{hint}", "Set the region that the store expects, and look at the access key.", "region"),
    "InvalidAccessKeyId": ("The store does not know the access key", "Mend accesskey, or create the key.", "accesskey"),
    "SignatureDoesNotMatch": ("The secret key does not belong to the access key", "Mend secretkey; quotes, blanks and line ends count.", "secretkey"),
    "RequestTimeTooSkewed": ("This machine's clock is too far from the store's", "Set the clock of the registry's host.", "region"),
    "UserSuspended": ("The user of the access key is suspended", "Enable the user, or take another.", "accesskey"),
    "ExpiredToken": ("The temporary credentials have expired", "Get new credentials.", "accesskey"),
    "InvalidToken": ("The store does not take the session token", "Get new credentials.", "accesskey"),
    "NotS3": ("What answers at the endpoint does not speak S3", "Give the address of the S3 service, not of a console or a proxy.", "regionendpoint"),
    "AccountProblem": ("The account of the bucket has a problem", "Ask the provider.", "bucket"),
    "AllAccessDisabled": ("All access to {bucket} has been disabled", "Ask the provider.", "bucket"),
    "InvalidRequest": ("The store does not take requests of this kind", "Look at v4auth and the region.", "region"),
}  # fmt: skip


@check("s3.bucket-exists", storage=S3Storage, touches="reads", drivers=["s3"], stages=REQUESTS)
def bucket_exists(storage: S3Storage) -> Iterator[Finding]:
    """The bucket exists and answers these credentials.

    The registry starts without a single request, and neither creates a bucket nor looks for one: the first push or pull
    meets whatever is wrong. A refusal for want of rights passes here; the checks of each right tell more.
    """
    step = storage.rehearsal.step("list blob")
    if step.error is None:
        root = getattr(step.value, "root", "")
        if root != "ListBucketResult":
            yield _other(storage, root)
        return
    if step.error.denied:
        return
    yield _refused(storage, step.error)


def _refused(storage: S3Storage, refusal: S3Refusal) -> Finding:
    code = "NoSuchBucket" if refusal.missing and refusal.code == "NotFound" else refusal.code
    if code not in _FOR_ALL:
        raise CannotTell(f"the store answers {refusal.short}: {refusal.message}")
    what, fix, setting = _FOR_ALL[code]
    region = refusal.fields.get("region") or refusal.fields.get("x-amz-bucket-region")
    hint = f": it is in {region}" if region else ""
    return blocker(
        what=f"{what.format(bucket=storage.bucket, hint=hint)}: {refusal.short}.",
        why="The registry starts, and every push, pull, delete and garbage collection fails.",
        fix=fix,
        where=path_of(storage.config, setting),
        breaks=REQUESTS,
        evidence=refusal,
    )


def _other(storage: S3Storage, root: str) -> Finding:
    return blocker(
        what=f"The store answers a listing of {storage.bucket} with a {root}: it takes the request for another one.",
        why="The registry sees an empty bucket, and its writes go nowhere.",
        fix="Put the bucket into the path (forcepathstyle: true in 3.x), or have the store know its own host name.",
        where=path_of(storage.config, "regionendpoint"),
        breaks=REQUESTS,
    )
