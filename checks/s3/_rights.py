"""A store's refusals in an operator's words: which right is missing, on what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registry_preflight import (
    CannotTell,
    Finding,
    S3Facts,
    S3Refusal,
    S3Storage,
    Stage,
    Step,
    blocker,
    rights_of_request,
)

from .._refusals import refusal_told
from ._contact import NO_XML
from ._store import at_amazon, path_of

BUCKET_EXISTS = "s3.bucket-exists"
#: What to do about refusals that are no matter of rights, by the store's code.
_FIXES = {
    "NoAnswer": ("regionendpoint", "See what stands between the registry and the store: a proxy or a firewall may stop this kind of request, its size or its length in time."),
    "QuotaExceeded": ("bucket", "Raise the quota of the bucket or of its owner."),
    "XMinioStorageFull": ("bucket", "Add disks to the store, or remove what is not needed."),
    "InsufficientStorage": ("bucket", "Add room to the store, or remove what is not needed."),
    "AccessControlListNotSupported": ("objectacl", "Set objectacl: bucket-owner-full-control (2.7 and later), or let the bucket take ACLs."),
    "InvalidStorageClass": ("storageclass", "Use a storage class that the store has, or NONE where it has none."),
    "InvalidArgument": ("storageclass", "Use a storage class that the store has (STANDARD, or NONE), and look at encrypt and keyid."),
    "InvalidRequest": ("encrypt", "Leave encrypt out, or give the store what it needs for it (TLS, a key service)."),
    "EntityTooSmall": ("chunksize", "Raise chunksize: this store wants larger parts."),
    "InvalidPart": ("chunksize", "Ask the store's makers which parts it takes. Some want all but the last to have one size: then set chunksize above the largest layer."),
    "InvalidRange": ("regionendpoint", "Use a store that takes a Range header from the first byte on, or mend the proxy that refuses it."),
    "XAmzContentSHA256Mismatch": ("regionendpoint", "See what stands before the store: a proxy changes what the registry sends."),
    "MissingContentLength": ("regionendpoint", "The registry does send Content-Length: see that a proxy before the store hands it on, and does not send bodies in chunks."),
    "NoSuchUpload": ("regionendpoint", "See that the store's nodes share their uploads, or that a balancer sends each client to one node; a lifecycle rule that aborts uploads at once does the same."),
    "InternalError": ("regionendpoint", "Look into the store's own log: it failed inside, and went on failing as the request was repeated."),
    "KMS.NotFoundException": ("keyid", "Name a key that exists in the bucket's region."),
    "KMS.DisabledException": ("keyid", "Enable the key, or name another one."),
    "InvalidObjectState": ("bucket", "Restore the objects from the archive, and end the lifecycle rule that moves them there."),
    "SlowDown": ("bucket", "Try again when the store is less busy, or ask its operators about limits."),
    "ServiceUnavailable": ("bucket", "Try again when the store is less busy, or ask its operators about limits."),
}  # fmt: skip


#: Requests that carry a storage class, an ACL and what asks for encryption.
_WRITES = ("PutObject", "CreateMultipartUpload", "CopyObject")
#: What answers so is no store; by whether the request was too large for it.
_IN_BETWEEN = (
    "What answers is not the store but something before it, such as a proxy or a web application firewall: its log tells why, and it has to let the registry's requests pass.",
    "A proxy before the store limits the size of requests: raise that above chunksize (10 MiB if not set; for nginx: client_max_body_size 0), or give the store's own address.",
)
#: What a store says where there is no room.
FULL = frozenset(
    {"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "InsufficientCapacity", "TooManyObjects"}
)
_BEFORE = {
    "delete upload": "what it writes could not be removed again",
    "abort": "the upload could neither be removed nor aborted again",
    "marker": "no upload could be begun",
    "create": "no multipart upload could be started",
    "send": "no part could be sent",
    "complete": "no multipart upload could be completed",
    "copy": "no object could be copied",
}


def tried(storage: S3Storage, name: str) -> Step:
    """What became of a step of the rehearsal. Raises `CannotTell` where an earlier one was in its way."""
    step = storage.rehearsal.step(name)
    if step.error is not None and step.error.code in FULL:
        raise CannotTell("the store has no room for it, as s3.room-for-image tells")
    if step.blocked:
        raise CannotTell(
            f"it could not be tried, for {_BEFORE.get(step.blocked, f'a step before it failed ({step.blocked})')}"
        )
    return step


def unwritten(storage: S3Storage, name: str) -> bool:
    """Whether a step was left out since its traces could not be removed, and its rights are there all the same.

    With 2.x such credentials do push: the driver overlooks what it may not delete.
    """
    rehearsal = storage.rehearsal
    if rehearsal.step(name).blocked != "delete upload" or rehearsal.three:
        return False
    kept = rehearsal.step("delete upload").error or rehearsal.step("delete blob").error
    return kept is not None and "per-key" in kept.fields and rehearsal.step("put blob").ok


def resource(storage: S3Storage, *, on_bucket: bool, key: str = "") -> str:
    """The ARN for a policy: the bucket, or the registry's objects in it."""
    facts = S3Facts(storage.config)
    arn = f"arn:{facts.partition}:s3:::{storage.bucket}"
    return arn if on_bucket else f"{arn}/{key or facts.root + '*'}"


def where_of(storage: S3Storage, refusal: S3Refusal, request: str) -> str:
    """The setting that a refusal of a request is about."""
    named = (_lacking(storage, refusal, request) or _FIXES.get(refusal.code, ("", "")))[0]
    if refusal.code == "InvalidArgument":
        named = _argument(storage)
    return path_of(storage.config, named or ("accesskey" if refusal.denied else "bucket"))


def capped(refusal: S3Refusal) -> bool:
    """Whether a limit that the customer has set is told as a want of rights, as Backblaze does it."""
    return refusal.denied and "cap exceeded" in refusal.message.lower()


def _lacking(storage: S3Storage, refusal: S3Refusal, request: str) -> tuple[str, str] | None:
    """The setting and the remedy where the store lacks what it was asked for, or is not even asked."""
    if capped(refusal):
        return "bucket", "Raise the cap in the provider's console (Backblaze: Caps & Alerts); no right is missing."
    if refusal.code == NO_XML and refusal.status >= 400:
        return "regionendpoint", _IN_BETWEEN[refusal.status == 413]
    if refusal.code == "MethodNotAllowed":
        return "regionendpoint", f"Let {request} pass: the store, or a proxy before it, refuses its method."
    if refusal.code != "NotImplemented":
        return None
    config = storage.config
    if request in _WRITES and (config.parameter("encrypt").value is True or config.parameter("keyid").text):
        return "encrypt", "Leave encrypt and keyid out: the store does not know what they ask for."
    if request in _WRITES and "acl" in refusal.message.lower():
        return "objectacl", "Have the store pass over x-amz-acl: the driver sends one with each write, whatever is set."
    if request in _WRITES and "header" in refusal.message.lower():
        return (
            "storageclass",
            "Set storageclass: NONE (2.7 and later), which leaves its header out; if the store still refuses, it has not what the driver asks for.",
        )
    return (
        "regionendpoint",
        f"Use a store, or a release of it, that has {request}: the registry cannot do without. Gateways to other kinds of storage often lack it.",
    )


def _argument(storage: S3Storage) -> str:
    """The parameter whose header a store most likely means by InvalidArgument."""
    config = storage.config
    if config.parameter("encrypt").value is True:
        return "encrypt"
    plain = config.parameter("storageclass").text.upper() in ("STANDARD", "NONE")
    acl = config.parameter("objectacl").text if config.parameters.reads("objectacl") else ""
    return "objectacl" if plain and acl not in ("", "private") else "storageclass"


def remedy(storage: S3Storage, refusal: S3Refusal, request: str) -> str:
    """What to do about a refusal of a request."""
    if lacking := _lacking(storage, refusal, request):
        return lacking[1]
    if "kms" in refusal.message.lower() and refusal.denied:
        return "Allow kms:GenerateDataKey and kms:Decrypt on the key, in the identity's policy or the key's own."
    if refusal.denied:
        bucket, key, source = rights_of_request(request)
        right = f"{key} there and {source} on the source" if source else bucket or key
        on = resource(storage, on_bucket=bool(bucket))
        if key == "s3:DeleteObject" and not at_amazon(storage.config):
            on += f" (and for Ceph on {resource(storage, on_bucket=True)} too)"
        return f"Allow {right} on {on}, and look for a Deny in the bucket's policy."
    if refusal.code == "InvalidArgument" and _argument(storage) == "objectacl":
        return "Use an objectacl that the store knows; private is what every store takes."
    return _FIXES.get(refusal.code, ("", "Look the code up in the store's manual; its log may say more."))[1]


def refused(
    storage: S3Storage,
    refusal: S3Refusal,
    request: str,
    doing: str,
    why: str,
    breaks: Sequence[Stage],
    finding: Callable[..., Finding] = blocker,
) -> Finding:
    """The finding for a request that the store refuses; `doing` completes `may not` or `can't`."""
    return finding(
        what=refusal_told("The registry's credentials", refusal, doing, storage.bucket),
        why=why,
        fix=remedy(storage, refusal, request),
        where=where_of(storage, refusal, request),
        breaks=breaks,
        evidence=refusal,
    )
