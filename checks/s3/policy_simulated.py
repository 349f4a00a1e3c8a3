"""What IAM says of the identity's rights, beside what the store does."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, NetworkTrouble, S3Storage, check, warning

from ._rights import BUCKET_EXISTS, resource
from ._store import at_amazon, path_of

#: The rights of the objects and of the bucket, with the step of the rehearsal that shows each.
_ON_OBJECTS = {
    "s3:PutObject": "marker",
    "s3:GetObject": "read",
    "s3:DeleteObject": "delete upload",
    "s3:ListMultipartUploadParts": "parts",
    "s3:AbortMultipartUpload": "abort",
}
_ON_BUCKET = {"s3:ListBucket": "list blob", "s3:ListBucketMultipartUploads": "uploads"}


@check(
    "s3.policy-simulated",
    storage=S3Storage,
    when=("--iam-policy",),
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
)
def policy_simulated(storage: S3Storage) -> Iterator[Finding]:
    """IAM's own simulation agrees with what the store does.

    On Amazon's own S3, and with `--iam-policy`, IAM is asked what it would allow the registry's identity
    (iam:SimulatePrincipalPolicy). Few identities have that right; without it there is nothing to compare. The simulation
    leaves the bucket's policy out, so where it differs, the difference lies there or in a policy of the organization.
    What the store does is believed.
    """
    if not at_amazon(storage.config):
        return
    rehearsal = storage.rehearsal
    for rights, on_bucket in ((_ON_OBJECTS, False), (_ON_BUCKET, True)):
        arn = resource(storage, on_bucket=on_bucket)
        try:
            said = storage.simulated(tuple(rights), arn)
        except NetworkTrouble:  # IAM is another service, which many networks do not let one reach
            return
        for action, step in rights.items():
            done = rehearsal.step(step)
            if said is None or action not in said or done.blocked or (done.error and not done.error.denied):
                continue
            if said[action] != done.ok:
                yield _differs(storage, action, arn, said[action])


def _differs(storage: S3Storage, action: str, arn: str, allowed: bool) -> Finding:
    told = (
        f"allows {action} on {arn}, and the store refuses it"
        if allowed
        else f"does not allow {action} on {arn}, and the store does it"
    )
    return warning(
        what=f"IAM's simulation {told}.",
        why="The store has the last word. The simulation knows the identity's own policies and boundary, and no others.",
        fix="Look at the bucket's policy, at the key's, and at those of the organization.",
        where=path_of(storage.config, "accesskey"),
    )
