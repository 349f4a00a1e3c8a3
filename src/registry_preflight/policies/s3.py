"""The least rights of the s3 driver as IAM JSON, as Terraform, and as the aws command that applies them.

Source: IAM User Guide, "Grammar of the IAM JSON policy language"; Terraform's AWS provider, `aws_iam_policy_document` and
`aws_s3_bucket_policy`; AWS CLI, `iam put-user-policy` and `s3api put-bucket-policy`.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

from registry_preflight.config.effective import Config
from registry_preflight.iam.needs import S3Facts, s3_needs
from registry_preflight.iam.principals import principal_of
from registry_preflight.iam.writing import statements_for
from registry_preflight.inputs import CannotBegin
from registry_preflight.policies import Written

FORMATS = ("iam", "terraform", "aws-cli", "all")
_NAME = "docker-registry"
_HEADINGS = {"iam": "IAM policy", "terraform": "Terraform", "aws-cli": "AWS CLI"}

Statement = dict[str, object]


def policy_text(config: Config, format: str, principal: str | None) -> Written:
    """The policy of an identity, or, with a principal's ARN, of the bucket. Raises `CannotBegin`."""
    facts = _facts(config, principal)
    needs = s3_needs(facts)
    statements = statements_for(needs, facts, principal or "")
    written = {name: _as(name, statements, facts, principal) for name in FORMATS[:-1]}
    if format == "all":
        text = "\n".join(f"# {_HEADINGS[name]}\n{written[name]}" for name in written)
    else:
        text = written[format]
    purposes: dict[str, list[str]] = {}
    for need in needs:
        if need.purpose not in purposes.setdefault(need.action, []):
            purposes[need.action].append(need.purpose)
    return Written(text, (*_purposes(purposes), *_remarks(facts, principal)))


def _facts(config: Config, principal: str | None) -> S3Facts:
    account = ""
    if principal is not None:
        known = principal_of(principal)
        if known is None:
            raise CannotBegin(f"--principal {principal}: give an ARN such as arn:aws:iam::111122223333:user/registry.")
        account = known.account
    facts = S3Facts(config, ceph=principal is not None and not account.isdigit(), account=account)
    refused = config.parameters.refused() or [one for one, _ in config.parameters.missing()]
    if refused:
        raise CannotBegin(f"{config.source}: the registry does not start with this {refused[0].path}; mend it first.")
    return facts


def _purposes(purposes: dict[str, list[str]]) -> Iterator[str]:
    for action, named in purposes.items():
        yield f"{action}: {'; '.join(named)}."


def _remarks(facts: S3Facts, principal: str | None) -> Iterator[str]:
    if facts.is_true("kms"):
        if principal:
            yield "The rights on the key are no matter of a bucket policy: grant them to the identity, or in the key's policy."
        yield "The policy of the key itself has to let IAM policies of the account decide, as a new key's does."
    if facts.is_true("redirect"):
        yield "Clients are sent to the bucket with addresses that carry this identity's right to s3:GetObject."


def _as(format: str, statements: list[Statement], facts: S3Facts, principal: str | None) -> str:
    document = {"Version": "2012-10-17", "Statement": statements}
    if format == "iam":
        return json.dumps(document, indent=2) + "\n"
    if format == "terraform":
        return "\n".join(_terraform(statements, facts, principal)) + "\n"
    compact = shlex.quote(json.dumps(document, separators=(",", ":")))
    if principal:
        return f"aws s3api put-bucket-policy --bucket {shlex.quote(facts.bucket)} --policy {compact}\n"
    return (
        "# --user-name: the user whose keys the registry has\n"
        f"aws iam put-user-policy --user-name {_NAME} --policy-name {_NAME} --policy-document {compact}\n"
    )


def _terraform(statements: list[Statement], facts: S3Facts, principal: str | None) -> Iterator[str]:
    yield 'data "aws_iam_policy_document" "registry" {'
    for number, statement in enumerate(statements):
        if number:
            yield ""
        yield from _block(statement, principal)
    yield "}"
    yield ""
    if principal:
        yield 'resource "aws_s3_bucket_policy" "registry" {'
        yield f"  bucket = {_quoted(facts.bucket)}"
        yield "  policy = data.aws_iam_policy_document.registry.json"
    else:
        yield 'resource "aws_iam_policy" "registry" {'
        yield f"  name   = {_quoted(_NAME)}"
        yield "  policy = data.aws_iam_policy_document.registry.json"
    yield "}"


def _block(statement: Statement, principal: str | None) -> Iterator[str]:
    actions = statement["Action"]
    assert isinstance(actions, list)
    yield "  statement {"
    yield f"    sid       = {_quoted(str(statement['Sid']))}"
    yield f"    resources = [{_quoted(str(statement['Resource']))}]"
    yield "    actions = ["
    yield from (f"      {_quoted(str(action))}," for action in actions)
    yield "    ]"
    if principal:
        yield "    principals {"
        yield '      type        = "AWS"'
        yield f"      identifiers = [{_quoted(principal)}]"
        yield "    }"
    condition = statement.get("Condition")
    for test, keys in condition.items() if isinstance(condition, dict) else ():
        for variable, value in keys.items():
            yield "    condition {"
            yield f"      test     = {_quoted(test)}"
            yield f"      variable = {_quoted(variable)}"
            yield f"      values   = [{_quoted(value)}]"
            yield "    }"
    yield "  }"


def _quoted(text: str) -> str:
    """A string of Terraform's language, which would replace what stands in `${...}` and `%{...}`."""
    return json.dumps(text).replace("${", "$${").replace("%{", "%%{")
