"""The evaluator asked in one line: what its tests share."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, settings

from registry_preflight.iam.conditions import Values
from registry_preflight.iam.documents import Kind, Policy, read_policy
from registry_preflight.iam.evaluate import Access, Documents, Request, evaluate

from .making import ACTIONS, BUCKET, KEYS

#: For properties: a machine that is busy with something else is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

#: Requests of every action that a registry sends, on the bucket or on some keys of it.
REQUESTS = tuple(
    Request(action, f"arn:aws:s3:::{BUCKET}", context, complete=True)
    for action in ACTIONS[:3]
    for context in ({}, {"s3:prefix": ("reg/docker/",), "s3:max-keys": ("1",), "aws:SecureTransport": ("true",)})
) + tuple(
    Request(action, f"arn:aws:s3:::{BUCKET}/{key}", {"aws:SecureTransport": ("true",)}, complete=True)
    for action in ACTIONS[3:]
    for key in KEYS
)


def policy(document: dict[str, Any], kind: Kind = Kind.IDENTITY) -> Policy:
    """A document that has to be a good one."""
    made = read_policy(json.dumps(document).encode(), f"{kind.value}.json", kind)
    assert made.readable, made.problems
    return made


def access(request: Request, *documents: dict[str, Any], kind: Kind = Kind.IDENTITY) -> Access:
    """What becomes of a request under documents of one kind."""
    return evaluate(request, Documents([policy(document, kind) for document in documents])).access


def answers(*documents: dict[str, Any], context: dict[str, Values] | None = None) -> list[Access]:
    """What becomes of each of `REQUESTS`, with some more keys."""
    asked = Documents([policy(document) for document in documents])
    return [
        evaluate(request._replace(context={**request.context, **(context or {})}), asked).access for request in REQUESTS
    ]
