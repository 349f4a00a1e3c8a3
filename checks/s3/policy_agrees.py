"""What policies say beside what the store does."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Access, Finding, S3Storage, check, policy_answers, warning

from ._rights import BUCKET_EXISTS
from ._store import path_of

#: The steps of the rehearsal that show whether a right is there.
_SHOWN_BY = {
    "s3:ListBucket": ("list upload to remove", "list blob", "list tags", "list repositories", "list blobs"),
    "s3:ListBucketMultipartUploads": ("uploads",),
    "s3:ListMultipartUploadParts": ("parts",),
    "s3:PutObject": ("marker", "put layer link", "put manifest link", "put tag", "create"),
    "s3:GetObject": ("read",),
    "s3:DeleteObject": ("delete upload", "delete blob", "delete manifest link"),
    "s3:AbortMultipartUpload": ("abort",),
}


@check(
    "s3.policy-agrees",
    storage=S3Storage,
    when=("--iam-policy",),
    needs=[BUCKET_EXISTS, "s3.policy"],
    touches="writes",
    drivers=["s3"],
)
def policy_agrees(storage: S3Storage) -> Iterator[Finding]:
    """The store does what the policies say.

    Where a right that the documents of `--iam-policy` grant is refused, another document is at work, such as a bucket's
    policy, a permissions boundary, or a policy of the organization; where one that they lack is there, it comes from
    elsewhere, or the policy in force is an older one. What the store does is believed.
    """
    said: dict[str, set[Access]] = {}
    for answer in policy_answers(storage.config):
        said.setdefault(answer.need.action, set()).add(answer.access)
    for action, steps in _SHOWN_BY.items():
        granted = _one(said.get(action, set()))
        done = _tried(storage, steps)
        if granted is None or done is None or granted == done:
            continue
        told = "grant" if granted else "do not grant"
        does = "refuses it" if granted else "allows it all the same"
        yield warning(
            what=f"The policies {told} {action}, and the store {does}.",
            why="The store has the last word. What is in force is something else than these documents.",
            fix="Give the other documents as well (bucket=, boundary=, scp=), or see which version of the policy is attached."
            if granted
            else "See where the right comes from: another policy, the bucket's own, or the owner of the bucket has it anyway.",
            where=path_of(storage.config, "accesskey"),
        )


def _one(answers: set[Access]) -> bool | None:
    """Whether the documents grant something in all its places, or in none; `None` where it depends."""
    return True if answers == {Access.ALLOWED} else False if answers == {Access.DENIED} else None


def _tried(storage: S3Storage, names: tuple[str, ...]) -> bool | None:
    """Whether the store does it in all places, or in none; `None` where it could not be seen."""
    storage.rehearsal.begin(*names)
    steps = [storage.rehearsal.step(name) for name in names]
    if all(step.ok for step in steps):
        return True
    tried = [step for step in steps if not step.blocked]
    return False if tried and all(step.error is not None and step.error.denied for step in tried) else None
