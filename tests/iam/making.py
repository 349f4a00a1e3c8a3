"""Random policies about a bucket of a registry, for properties, for other engines, and for live stores.

`bucket_policies` and `identity_policies` are Hypothesis strategies; `random_bucket_policy` makes the same kind of policy
from a `random.Random`, for runs that send each to a server and keep the seed.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

Statement = dict[str, Any]
Document = dict[str, Any]

ACTIONS = (
    "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation", "s3:GetObject", "s3:PutObject",
    "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload",
)  # fmt: skip
#: Patterns that stores and engines agree on.
ACTION_PATTERNS = (*ACTIONS, "s3:*", "s3:Get*", "s3:List*", "s3:Put*", "s3:*Object", "s3:ListBucket*")
BUCKET = "images"
ROOT = "reg"
KEYS = (
    "reg/docker/registry/v2/blobs/sha256/aa/aa/data",
    "reg/docker/registry/v2/repositories/a/_layers/sha256/aa/link",
    "reg/other",
    "other",
)


def resource_patterns(bucket: str = BUCKET, partition: str = "aws") -> tuple[str, ...]:
    """Resources that people write for a bucket, those that miss among them."""
    arn = f"arn:{partition}:s3:::"
    return (
        "*", f"{arn}*", f"{arn}{bucket}", f"{arn}{bucket}/*", f"{arn}{bucket}*", f"{arn}{bucket}/{ROOT}/*",
        f"{arn}{bucket}/{ROOT}*", f"{arn}{bucket}/{ROOT}/docker/*", f"{arn}{bucket}/{ROOT}/docker/registry/v2/blobs/*",
        f"{arn}{bucket}/*/data", f"{arn}{bucket}/other", f"{arn}other-{bucket}/*",
    )  # fmt: skip


def conditions() -> tuple[Document, ...]:
    """Conditions about a request's own keys; an empty one for none."""
    return (
        {}, {}, {},
        {"Bool": {"aws:SecureTransport": "false"}},
        {"StringLike": {"s3:prefix": [f"{ROOT}/*"]}},
        {"StringNotLike": {"s3:prefix": [f"{ROOT}/*"]}},
        {"StringEquals": {"s3:prefix": ""}},
        {"StringEqualsIfExists": {"s3:prefix": f"{ROOT}/"}},
        {"Null": {"s3:prefix": "true"}},
        {"NumericLessThanEquals": {"s3:max-keys": "1"}},
    )  # fmt: skip


@st.composite
def statements(draw: st.DrawFn, *, effects: tuple[str, ...] = ("Allow", "Allow", "Deny")) -> Statement:
    """A statement without a principal."""
    made: Statement = {"Effect": draw(st.sampled_from(effects))}
    some_actions = st.lists(st.sampled_from(ACTION_PATTERNS), min_size=1, max_size=4, unique=True)
    some_resources = st.lists(st.sampled_from(resource_patterns()), min_size=1, max_size=3, unique=True)
    made[draw(st.sampled_from(("Action", "Action", "Action", "NotAction")))] = draw(some_actions)
    made[draw(st.sampled_from(("Resource", "Resource", "Resource", "NotResource")))] = draw(some_resources)
    if condition := draw(st.sampled_from(conditions())):
        made["Condition"] = condition
    return made


@st.composite
def identity_policies(draw: st.DrawFn, *, largest: int = 5) -> Document:
    """An identity policy."""
    return {"Version": "2012-10-17", "Statement": draw(st.lists(statements(), max_size=largest))}


def random_bucket_policy(
    random: Random, principal: str, *, bucket: str = BUCKET, negations: bool = True, with_conditions: bool = False
) -> Document:
    """A bucket policy of one to four statements for a principal, all decided by `random`."""

    def some(choices: tuple[str, ...], most: int) -> list[str]:
        return random.sample(choices, random.randint(1, most))

    made: list[Statement] = []
    for _ in range(random.randint(1, 4)):
        act, on = ("NotAction", "NotResource") if negations and random.random() < 0.1 else ("Action", "Resource")
        effect = "Deny" if random.random() < 0.3 else "Allow"
        # A Deny for everybody would bind the owner, too, who is to put the next policy.
        whom: tuple[object, ...] = ({"AWS": [principal]},) if effect == "Deny" else ("*", {"AWS": [principal]})
        statement: Statement = {
            "Effect": effect,
            "Principal": random.choice(whom),
            act: some(ACTION_PATTERNS, 5),
            on: some(resource_patterns(bucket)[1:], 3),
        }
        if with_conditions and (condition := random.choice(conditions())):
            statement["Condition"] = condition
        made.append(statement)
    return {"Version": "2012-10-17", "Statement": made}
