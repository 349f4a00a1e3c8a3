"""A config and policies in, the proof or the report out: what tests of `--iam-policy` share."""

from __future__ import annotations

import json
from typing import Any

from registry_preflight import Config, Options, Proof, Report, check_config, load_config, policy_proof
from registry_preflight.config.options import PolicySource

USER = "arn:aws:iam::111122223333:user/registry"
Document = dict[str, Any]


def allow(actions: str | list[str], resource: str | list[str], **more: object) -> Document:
    """A statement that allows."""
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


def deny(actions: str | list[str], resource: str | list[str], **more: object) -> Document:
    """A statement that denies."""
    return {**allow(actions, resource, **more), "Effect": "Deny"}


def document(*statements: Document) -> Document:
    """A policy of these statements."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def config(
    text: str,
    *,
    target: str = "registry-2.8",
    principal: str | None = None,
    offline: bool = True,
    **policies: Document | str,
) -> Config:
    """A config with documents, each by its kind (`identity=`, `bucket=` ...), as an object or as text."""
    sources = tuple(
        PolicySource(kind, f"{kind}.json", (given if isinstance(given, str) else json.dumps(given)).encode())
        for kind, given in policies.items()
    )
    options = Options(offline=offline, select=("s3.policy",), iam_policies=sources, iam_principal=principal)
    return load_config(text.encode(), {}, target, source="config.yml", options=options)


def proof(
    text: str, *, target: str = "registry-2.8", principal: str | None = None, **policies: Document | str
) -> Proof:
    """What the documents prove about the config."""
    return policy_proof(config(text, target=target, principal=principal, offline=True, **policies))


def report(
    text: str,
    *,
    target: str = "registry-2.8",
    principal: str | None = None,
    offline: bool = True,
    **policies: Document | str,
) -> Report:
    """A run of the check alone."""
    return check_config(config(text, target=target, principal=principal, offline=offline, **policies))


def s3(*lines: str, beside: str = "  delete: {enabled: true}\n", top: str = "") -> str:
    """A config for a bucket `images` of Amazon's with a root directory."""
    body = "".join(f"    {line}\n" for line in ("region: eu-west-1", "bucket: images", "rootdirectory: /reg", *lines))
    return f"version: 0.1\n{top}storage:\n  s3:\n{body}{beside}"


CLONE = s3("regionendpoint: http://127.0.0.1:7480", "secure: false")
ARN = "arn:aws:s3:::images"
#: The rights that a release needs at the least, without those of a special config.
ON_BUCKET = ["s3:ListBucket", "s3:ListBucketMultipartUploads"]
ON_OBJECTS = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:ListMultipartUploadParts",
    "s3:AbortMultipartUpload",
]
ENOUGH = document(allow(ON_BUCKET, ARN), allow(ON_OBJECTS, f"{ARN}/reg/docker/registry/v2/*"))
