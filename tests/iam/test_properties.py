"""What holds of every policy, whatever it says."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from registry_preflight.iam.documents import Kind, read_policy
from registry_preflight.iam.evaluate import Access, Documents, evaluate
from registry_preflight.iam.kleene import Unknown

from .asking import REQUESTS, answers, patient, policy
from .making import identity_policies, statements

Document = dict[str, Any]
RANK = {Access.DENIED: 0, Access.DEPENDS: 1, Access.ALLOWED: 2}


def _with(document: Document, *more: Document) -> Document:
    return {**document, "Statement": [*document["Statement"], *more]}


@patient
@given(identity_policies(), statements(effects=("Deny",)))
def test_adding_a_deny_never_grants(document: Document, deny: Document) -> None:
    assert all(
        RANK[after] <= RANK[before]
        for before, after in zip(answers(document), answers(_with(document, deny)), strict=True)
    )


@patient
@given(identity_policies(), statements(effects=("Allow",)))
def test_adding_an_allow_never_takes_away(document: Document, allow: Document) -> None:
    assert all(
        RANK[after] >= RANK[before]
        for before, after in zip(answers(document), answers(_with(document, allow)), strict=True)
    )


@patient
@given(identity_policies(), st.data())
def test_removing_a_deny_never_denies(document: Document, data: st.DataObject) -> None:
    denies = [one for one in document["Statement"] if one["Effect"] == "Deny"]
    if not denies:
        return
    gone = data.draw(st.sampled_from(denies))
    fewer = {**document, "Statement": [one for one in document["Statement"] if one is not gone]}
    assert all(RANK[after] >= RANK[before] for before, after in zip(answers(document), answers(fewer), strict=True))


@patient
@given(identity_policies(), st.data())
def test_widening_an_allow_never_takes_away(document: Document, data: st.DataObject) -> None:
    allows = [one for one in document["Statement"] if one["Effect"] == "Allow"]
    if not allows:
        return
    chosen = data.draw(st.sampled_from(allows))
    wider = {key: value for key, value in chosen.items() if key not in ("NotAction", "NotResource")}
    wider |= data.draw(st.sampled_from(({"Action": "*"}, {"Resource": "*"}, {"Action": "s3:*", "Resource": "*"})))
    for name in ("Action", "Resource"):
        if name not in wider:
            wider[f"Not{name}"] = chosen[f"Not{name}"]
    widened = {**document, "Statement": [wider if one is chosen else one for one in document["Statement"]]}
    assert all(RANK[after] >= RANK[before] for before, after in zip(answers(document), answers(widened), strict=True))


@patient
@given(identity_policies(), st.randoms(use_true_random=False))
def test_the_order_of_statements_means_nothing(document: Document, random: Any) -> None:
    shuffled = list(document["Statement"])
    random.shuffle(shuffled)
    assert answers(document) == answers({**document, "Statement": shuffled})


@patient
@given(identity_policies(), identity_policies())
def test_two_documents_are_as_one_with_the_statements_of_both(one: Document, other: Document) -> None:
    assert answers(one, other) == answers(_with(one, *other["Statement"]))


@patient
@given(identity_policies(), identity_policies(), st.sampled_from((Kind.BOUNDARY, Kind.SCP, Kind.SESSION)))
def test_what_only_limits_never_grants(document: Document, limit: Document, kind: Kind) -> None:
    free, limited = Documents([policy(document)]), Documents([policy(document), policy(limit, kind)])
    for request in REQUESTS:
        assert RANK[evaluate(request, limited).access] <= RANK[evaluate(request, free).access]


@patient
@given(identity_policies())
def test_the_same_text_gives_the_same_answer(document: Document) -> None:
    assert answers(document) == answers(json.loads(json.dumps(document)))


@patient
@given(
    identity_policies(),
    st.sampled_from(("s3:prefix", "s3:max-keys", "aws:SecureTransport")),
    st.sampled_from(("", "reg/", "reg/x", "1", "5000", "true", "false", None)),
)
def test_an_answer_under_an_unknown_key_holds_for_every_value(document: Document, key: str, value: str | None) -> None:
    """What is told without knowing a key is the truth whatever the key is."""
    unknown = answers(document, context={key: Unknown(key)})
    known = answers(document, context={key: None if value is None else (value,)})
    assert all(told in (Access.DEPENDS, truth) for told, truth in zip(unknown, known, strict=True))


@patient
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_text_is_a_document_or_has_a_problem(text: bytes) -> None:
    read = read_policy(text, "any.json")
    assert read.readable or all(problem.text.startswith("any.json:") for problem in read.problems)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("Version", "Statement", "Effect", "Action", "Resource", "Principal", "Condition", "Bool", "Sid", "x")), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@patient
@given(JSON, st.sampled_from(list(Kind)))
def test_any_json_is_a_document_or_has_a_problem(value: object, kind: Kind) -> None:
    read = read_policy(json.dumps({"Statement": value, "Version": "2012-10-17"}).encode(), "any.json", kind)
    assert read.readable or read.problems
    for request in REQUESTS:
        evaluate(request, Documents([read]))
