"""What Azure answered: its refusals, its listings, and a key that it delegates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from registry_preflight.storage.azure_signing import Delegated
from registry_preflight.storage.network import Answer
from registry_preflight.storage.s3_answers import Element, NotXml, S3Refusal, parsed

#: Codes that say "not with these rights".
_DENIALS = frozenset(
    {"AuthorizationPermissionMismatch", "InsufficientAccountPermissions", "AuthorizationResourceTypeMismatch"}
)
#: What comes in place of a code where the answer is none of Azure's.
NOT_AZURE = "NotAzure"


class AzureRefusal(S3Refusal):
    """An answer other than success, told as S3's are; `fields` also hold `detail`, in which Azure says why it could not
    authenticate somebody."""

    @property
    def denied(self) -> bool:
        """Whether a role or a signature lacks a right."""
        return self.code in _DENIALS

    @property
    def immutable(self) -> bool:
        """Whether a policy or a hold keeps the blob as it is."""
        return self.code.startswith("BlobImmutable")


def refusal(answer: Answer, request: str) -> AzureRefusal:
    """The refusal that an answer stands for. The answer to a HEAD has no body, and its code in a header."""
    fields = dict(answer.headers)
    code, message = fields.get("x-ms-error-code", ""), ""
    try:
        root = parsed(answer.body)
    except NotXml:
        said = answer.body[:200].decode("utf-8", "replace").strip()
        if not code and said:
            code, message = NOT_AZURE, said
    else:
        if root.name == "Error":
            code = root.get("Code") or code
            message = root.get("Message").partition("\n")[0]
            fields["detail"] = root.get("AuthenticationErrorDetail")
    names = {401: "Unauthorized", 403: "Forbidden", 404: "NotFound"}
    return AzureRefusal(answer.status, code or names.get(answer.status, "Unknown"), message, request, fields)


class Blob(NamedTuple):
    """A blob of a listing; `size` in bytes, `kind` is `BlockBlob`, `AppendBlob` or `PageBlob`.

    `snapshot` is the time of the snapshot that this is, empty for the blob itself; `leased`: somebody holds a lease.
    """

    name: str
    size: int
    kind: str
    tier: str
    snapshot: str = ""
    leased: bool = False


class Listing(NamedTuple):
    """A page of a listing; `marker` leads to the next one, where there is one."""

    blobs: tuple[Blob, ...]
    marker: str


def listing(answer: Answer, request: str) -> Listing:
    """A page of a listing. Raises `AzureRefusal` where the answer is none."""
    root = _root(answer, request, "EnumerationResults")
    blobs = [blob for group in root.each("Blobs") for blob in group.each("Blob")]
    return Listing(tuple(map(_blob, blobs)), root.get("NextMarker"))


def _blob(one: Element) -> Blob:
    size = one.get("Properties/Content-Length")
    kind, tier = one.get("Properties/BlobType"), one.get("Properties/AccessTier")
    leased = one.get("Properties/LeaseStatus") == "locked"
    return Blob(_raw(one, "Name"), int(size) if size.isdigit() else 0, kind, tier, one.get("Snapshot"), leased)


def _raw(one: Element, name: str) -> str:
    return next((inner.text for inner in one.each(name)), "")


def delegated(answer: Answer, request: str) -> Delegated:
    """The key in the answer to Get User Delegation Key."""
    root = _root(answer, request, "UserDelegationKey")
    names = ("SignedOid", "SignedTid", "SignedStart", "SignedExpiry", "SignedService", "SignedVersion", "Value")
    return Delegated(*(root.get(name) for name in names))


def days_kept(answer: Answer, request: str) -> int:
    """For how many days the account keeps what is deleted, by Get Blob Service Properties; 0 where it does not."""
    root = _root(answer, request, "StorageServiceProperties")
    days = root.get("DeleteRetentionPolicy/Days")
    on = root.get("DeleteRetentionPolicy/Enabled").lower() == "true"
    return int(days) if on and days.isdigit() else int(on)


def _root(answer: Answer, request: str, name: str) -> Element:
    try:
        root = parsed(answer.body)
    except NotXml as trouble:
        said = answer.body[:200].decode("utf-8", "replace")
        raise AzureRefusal(answer.status, NOT_AZURE, f"{trouble}: {said}", request, dict(answer.headers)) from None
    if root.name != name:
        raise AzureRefusal(answer.status, NOT_AZURE, f"the answer is a {root.name}", request, dict(answer.headers))
    return root


def told(refused: S3Refusal, key: str) -> str:
    """A header or an element of a refusal."""
    fields: Mapping[str, str] = refused.fields
    return fields.get(key, "")
