"""The evaluator against AWS's documented logic: each policy of decisions.yml with its answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from registry_preflight.iam.conditions import Values
from registry_preflight.iam.documents import Kind, Policy, read_policy
from registry_preflight.iam.evaluate import Documents, Request, evaluate
from registry_preflight.iam.kleene import Unknown
from registry_preflight.iam.principals import principal_of

BOB = "arn:aws:iam::111122223333:user/bob"
TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("decisions.yml").read_text("utf-8"))
ENTRIES = [(group, entry) for group, entries in TABLE.items() for entry in entries]


def _document(entry: dict[str, Any], name: str) -> Policy:
    statements = [{"Condition": entry["if"]}] if name == "if" else entry[name]
    filled = [
        {
            "Effect": "Allow",
            **({} if "NotAction" in one else {"Action": "s3:*"}),
            **({} if "NotResource" in one else {"Resource": "*"}),
            **one,
        }
        for one in statements
    ]
    version = entry.get("version", "2012-10-17")
    text = json.dumps({**({"Version": version} if version else {}), "Statement": filled})
    policy = read_policy(text.encode(), f"{name}.json", Kind("identity" if name == "if" else name.rstrip("2")))
    assert not policy.problems, policy.problems
    return policy


def _request(entry: dict[str, Any]) -> Request:
    ask = entry.get("ask", {})
    context: dict[str, Values] = {
        key: tuple(value) if isinstance(value, list) else (str(value),) for key, value in entry.get("with", {}).items()
    }
    context.update((key, Unknown(key)) for key in entry.get("unknown", ()))
    who = ask.get("principal", BOB)
    return Request(
        ask.get("action", "s3:GetObject"),
        ask.get("resource", "arn:aws:s3:::b/k"),
        context,
        principal_of(who) if who else None,
        complete=True,
    )


@pytest.mark.parametrize(("group", "entry"), ENTRIES, ids=[f"{group}: {entry['rule']}" for group, entry in ENTRIES])
def test_decision(group: str, entry: dict[str, Any]) -> None:
    kinds = ("identity", "identity2", "bucket", "boundary", "scp", "session", "if")
    documents = Documents(
        [_document(entry, name) for name in kinds if name in entry],
        identity_known=entry.get("known", True),
        same_account={"other": False, "unknown": None}.get(entry.get("account", ""), True),
    )
    assert evaluate(_request(entry), documents).access.value == entry["answer"]


def test_there_are_two_hundred_policies_and_more() -> None:
    assert len(ENTRIES) > 200


def test_no_two_entries_show_the_same() -> None:
    rules = [(group, entry["rule"]) for group, entry in ENTRIES]
    assert len(set(rules)) == len(rules)
