"""Where Ceph may decide otherwise than Amazon, the answer depends; elsewhere it is the same."""

from __future__ import annotations

from typing import Any

import pytest

from registry_preflight.iam.evaluate import Access, Documents, Request, evaluate
from registry_preflight.iam.patterns import forward_glob

from .asking import policy
from .proving import ARN, allow, document

KEY = f"{ARN}/reg/docker/registry/v2/blobs/sha256/aa/aa/data"


def _access(statement: dict[str, Any], **context: str) -> Access:
    keys = {f"s3:{name}": (value,) for name, value in context.items()}
    request = Request("s3:GetObject", KEY, keys, complete=True)
    return evaluate(request, Documents([policy(document(statement))], ceph=True)).access


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        (allow("s3:GetObject", f"{ARN}/*"), Access.ALLOWED),
        (allow("s3:GetObject", f"{ARN}/reg/docker/*"), Access.ALLOWED),
        (allow("s3:GetObject", f"{ARN}/other/*/data"), Access.DENIED),
        (allow("s3:GetObject", f"{ARN}/*/data"), Access.DEPENDS),
        ({"Effect": "Allow", "NotAction": "s3:PutObject", "Resource": f"{ARN}/*"}, Access.DEPENDS),
        ({"Effect": "Allow", "NotAction": "s3:GetObject", "Resource": f"{ARN}/*"}, Access.DENIED),
        ({"Effect": "Allow", "Action": "s3:GetObject", "NotResource": f"{ARN}/other"}, Access.ALLOWED),
        (allow("s3:GetObject", KEY, Condition={"Null": {"s3:prefix": "true"}}), Access.ALLOWED),
        (allow("s3:GetObject", KEY, Condition={"Null": {"s3:prefix": "false"}}), Access.DEPENDS),
        (allow("s3:GetObject", KEY, Condition={"StringNotLike": {"s3:prefix": "reg/*"}}), Access.DEPENDS),
        (allow("s3:GetObject", KEY, Condition={"ForAnyValue:StringLike": {"s3:x": "a"}}), Access.DEPENDS),
    ],
)
def test_what_depends_on_ceph(statement: dict[str, Any], answer: Access) -> None:
    assert _access(statement) is answer


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("*", "", True), ("a*", "abc", True), ("a*", "b", False), ("a*c", "abc", True), ("*/data", "x/data", True),
        ("*/data", "x/y/data", False), ("a?c", "abc", True), ("a?", "a", False), ("abc", "ab", False), ("ab", "abc", False),
    ],
)  # fmt: skip
def test_a_star_of_ceph_never_looks_back(pattern: str, text: str, matches: bool) -> None:
    assert forward_glob(pattern, text) is matches
