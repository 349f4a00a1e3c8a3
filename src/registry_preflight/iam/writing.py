"""The smallest statements that grant needs, and what policies grant beyond them.

Source of the form: IAM User Guide, "Grammar of the IAM JSON policy language"; of what a key's alias needs: AWS KMS
Developer Guide, "Using aliases to control access to KMS keys".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from registry_preflight.iam.documents import Kind, Policy
from registry_preflight.iam.needs import LAYOUT, Need, S3Facts
from registry_preflight.iam.patterns import ANYTHING, any_matches, glob
from registry_preflight.iam.statements import Statement

Written = dict[str, object]

#: What each statement is called, by what it is about. A Sid of an identity policy has letters and digits alone.
_SIDS = {"bucket": "FindInTheBucket", "objects": "UseTheRegistry", "key": "UseTheKey", "other": "KeepTheSchedule"}


def statements_for(needs: Iterable[Need], facts: S3Facts, principal: str = "") -> list[Written]:
    """The smallest statements that allow all of these, one for each kind of resource.

    With a `principal` they are a bucket policy's, which leaves out what is not S3's own.
    """
    actions: dict[tuple[str, str], list[str]] = {}
    for need in needs:
        about, resource = _about(need.resource, facts)
        if principal and about == "key":
            continue
        of = actions.setdefault((about, resource), [])
        if need.action not in of:
            of.append(need.action)
    return [_statement(*key, named, facts, principal) for key, named in actions.items()]


def _about(resource: str, facts: S3Facts) -> tuple[str, str]:
    """What a resource is, and the pattern that takes in all of its kind."""
    bucket = f"arn:{facts.partition}:s3:::{facts.bucket}"
    objects = f"{bucket}/{facts.root}{LAYOUT}"
    if resource == bucket:
        return "bucket", _as_pattern(bucket)
    if resource.startswith(objects):
        return "objects", f"{_as_pattern(objects)}*"
    pattern = _as_pattern(resource).replace(ANYTHING, "*")
    return ("other" if resource.startswith(bucket) else "key"), pattern


def _as_pattern(resource: str) -> str:
    """A resource whose every character means itself."""
    return "".join(f"${{{one}}}" if one in "*?$" else one for one in resource)


def _statement(about: str, resource: str, actions: list[str], facts: S3Facts, principal: str) -> Written:
    made: Written = {"Sid": _SIDS[about], "Effect": "Allow"}
    if principal:
        made["Principal"] = {"AWS": principal}
    made |= {"Action": actions, "Resource": resource}
    if about == "key" and facts.alias:
        made["Condition"] = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": facts.alias}}
    return made


def rights_beyond(
    policies: Iterable[Policy], needs: Sequence[Need], facts: S3Facts
) -> Iterator[tuple[Policy, list[str]]]:
    """The documents that grant more of S3 than is needed, each with what that is."""
    for policy in policies:
        if policy.kind not in (Kind.IDENTITY, Kind.BUCKET):
            continue
        found = dict.fromkeys(
            text for statement in policy.statements if statement.allows for text in _beyond(statement, needs, facts)
        )
        if found:
            yield policy, list(found)


def _beyond(statement: Statement, needs: Sequence[Need], facts: S3Facts) -> Iterator[str]:
    needed = {need.action.lower() for need in needs}
    if statement.all_but_actions:
        yield f"everything but a few actions ({statement.label})"
    for action in statement.actions if not statement.all_but_actions else ():
        used = [one for one in needed if glob(action, one)]
        if "*" in action or "?" in action:
            if glob(action, "s3:putbucketpolicy") or used:
                yield f"{_spelt(action)} ({statement.label})"
        elif not used and action.startswith("s3:"):
            yield f"{_spelt(action)}, which it never asks for ({statement.label})"
    if not any(glob(action, "s3:getobject") or action.startswith("s3:") for action in statement.actions):
        return
    yield from _wider(statement, facts)


def _wider(statement: Statement, facts: S3Facts) -> Iterator[str]:
    """Objects and buckets beside the registry's own."""
    if statement.all_but_resources:
        yield f"every resource but a few ({statement.label})"
        return
    bucket = f"arn:{facts.partition}:s3:::{facts.bucket}"
    if any_matches(statement.resources, f"arn:{facts.partition}:s3:::any-other-bucket-of-the-account/any-key") is True:
        yield f"other buckets ({statement.label})"
    elif any_matches(statement.resources, f"{bucket}/any-other-folder/any-key") is True:
        yield f"objects outside {facts.root}{LAYOUT} ({statement.label})"


def _spelt(action: str) -> str:
    """An action as AWS writes it, as far as its needs have it so; statements keep them in lower case."""
    return _SPELLINGS.get(action, action)


_SPELLINGS = {
    name.lower(): name
    for name in ("s3:ListAllMyBuckets", "s3:GetBucketLocation", "s3:PutObjectAcl", "s3:GetObjectAcl", "s3:CreateBucket",
                 "s3:DeleteBucket", "s3:GetObjectVersion", "s3:DeleteObjectVersion", "s3:PutBucketPolicy",
                 "s3:GetBucketAcl", "s3:ListBucketVersions", "s3:HeadBucket")
}  # fmt: skip


def is_policy_of_dtr(policies: Iterable[Policy]) -> bool:
    """Whether an identity policy is the one that the documentation of Docker Trusted Registry 2.x shows.

    It lets buckets be listed and located, objects be put, got and deleted, and says nothing of multipart uploads.
    """
    return any(
        {action for statement in policy.statements if statement.allows for action in statement.actions} == _DTR
        for policy in policies
        if policy.kind is Kind.IDENTITY
    )


_DTR = {
    "s3:listallmybuckets", "s3:listbucket", "s3:getbucketlocation", "s3:putobject", "s3:getobject", "s3:deleteobject",
}  # fmt: skip
