"""A policy of ten thousand statements is proved in under a second."""

from __future__ import annotations

import json
import time

from registry_preflight.iam.documents import MAX_BYTES, read_policy
from registry_preflight.iam.evaluate import Access, Documents, Request, evaluate

STATEMENTS = 10_000


def test_ten_thousand_statements() -> None:
    statements = [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::images/{number}x"}
        for number in range(STATEMENTS)
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}).encode()
    assert len(text) < MAX_BYTES
    began = time.process_time()
    documents = Documents([read_policy(text, "large.json")])
    asked = [Request("s3:GetObject", f"arn:aws:s3:::images/{number}x") for number in (9999, 5000)]
    asked += [
        Request(f"s3:{action}", "arn:aws:s3:::images/x") for action in ("PutObject", "DeleteObject", "ListBucket")
    ]
    answers = [evaluate(request, documents).access for request in asked]
    assert answers == [Access.ALLOWED, Access.ALLOWED, Access.DENIED, Access.DENIED, Access.DENIED]
    assert time.process_time() - began < 1.0


def test_a_hostile_pattern_takes_no_time() -> None:
    """A chain of wildcards that a naive matcher would try in exponentially many ways."""
    pattern = "arn:aws:s3:::" + "a*" * 2000 + "b"
    text = json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": pattern}}).encode()
    began = time.process_time()
    decision = evaluate(Request("s3:GetObject", "arn:aws:s3:::" + "a" * 4000), Documents([read_policy(text, "x")]))
    assert decision.access is Access.DENIED
    assert time.process_time() - began < 1.0
