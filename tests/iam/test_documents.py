"""Documents: what is read, and the one sentence with its place for what AWS would refuse."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from registry_preflight.iam.documents import MAX_BYTES, Kind, read_policy

GOOD = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
NAMED = '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": "*"}'


def _in(statement: str) -> str:
    return f'{{"Version": "2012-10-17",\n "Statement": [{statement}]}}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("[", "").replace("]", ""),
        quote(GOOD),
        f'{{"PolicyDocument": {GOOD}}}',
        f'{{"UserName": "u", "PolicyName": "p", "PolicyDocument": {GOOD}}}',
        json.dumps({"PolicyDocument": quote(GOOD)}),
        json.dumps({"PolicyVersion": {"VersionId": "v1", "Document": json.loads(GOOD)}}),
        json.dumps({"PolicyVersion": {"VersionId": "v1", "Document": GOOD}}),
        json.dumps({"Policy": GOOD}),
        json.dumps({"Policy": {"PolicySummary": {}, "Content": GOOD}}),
        '{"Statement": {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["*"]}}',
    ],
    ids=["plain", "byte order mark", "one statement", "url-encoded", "PolicyDocument", "get-user-policy",
         "url-encoded in get-user-policy", "get-policy-version", "text in get-policy-version", "get-bucket-policy",
         "describe-policy", "no version"],
)  # fmt: skip
def test_read(text: str) -> None:
    policy = read_policy(text.encode(), "p.json")
    assert not policy.problems
    assert [statement.actions for statement in policy.statements] == [("s3:getobject",)]


BAD = {
    "no JSON": ("{", "1:2: This is no JSON"),
    "an empty file": ("", "1:1: This is no JSON"),
    "a comma too many": ('{"Statement": [],\n}', "2:1: This is no JSON"),
    "text behind it": (GOOD + "\n{}", "2:1: This is no JSON"),
    "NaN": ('{"Statement": NaN}', "1:1: This is no JSON"),
    "a key that stands twice": ('{"Version": "2012-10-17",\n "Version": "2012-10-17"}', "2:2: The key 'Version'"),
    "no object": ("[1]", "1:1: A policy is a JSON object"),
    "no statement": ('{"Version": "2012-10-17"}', "1:1: The policy has no Statement"),
    "another version": ('{"Version": "2012-10-18", "Statement": []}', "1:13: Version is '2012-10-18'"),
    "an unknown element": (
        '{"Version": "2012-10-17", "Statment": [], "Statement": []}',
        "1:27: A policy has no element 'Statment'; Statement",
    ),
    "a statement that is none": (_in("7"), "2:16: A statement is a JSON object"),
    "an unknown element of a statement": (
        _in('{"Effect": "Allow", "Action": "s3:*", "Resources": "*", "Resource": "*"}'),
        "2:54: A statement has no element 'Resources'; Resource may",
    ),
    "no effect": (_in('{"Action": "s3:*", "Resource": "*"}'), "2:16: The statement has no Effect."),
    "an effect in lower case": (_in('{"Effect": "allow", "Action": "s3:*", "Resource": "*"}'), "2:27: Effect is 'allow'"),
    "no action": (_in('{"Effect": "Allow", "Resource": "*"}'), "2:16: The statement has no Action."),
    "an action without a service": (
        _in('{"Effect": "Allow", "Action": "GetObject", "Resource": "*"}'),
        "2:46: 'GetObject' is no action",
    ),
    "action and its opposite": (
        _in('{"Effect": "Allow", "Action": "s3:*", "NotAction": "s3:*", "Resource": "*"}'),
        "2:54: A statement has Action or NotAction",
    ),
    "no resource": (_in('{"Effect": "Allow", "Action": "s3:*"}'), "2:16: The statement has no Resource."),
    "a bucket's name for a resource": (
        _in('{"Effect": "Allow", "Action": "s3:*", "Resource": "images/*"}'),
        "2:66: 'images/*' is no resource",
    ),
    "no actions": (_in('{"Effect": "Allow", "Action": [], "Resource": "*"}'), "2:46: Action is text or a list"),
    "a principal in an identity policy": (_in(NAMED), "2:79: Principal stands in bucket policies alone"),
    "an unknown operator": (
        _in('{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLikes": {"s3:prefix": "a"}}}'),
        "2:85: There is no condition operator 'StringLikes'; StringLike",
    ),
    "an operator without keys": (
        _in('{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": "a"}}'),
        "2:99: StringLike is an object of condition keys.",
    ),
    "an object for a value": (
        _in('{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": {}}}}'),
        "2:117: aws:SecureTransport is compared with text",
    ),
    "two statements of one name": (
        _in(
            '{"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},\n'
            '{"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}'
        ),
        "3:9: The Sid 'A' stands at two statements",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_refused_with_its_place(what: str) -> None:
    text, sentence = BAD[what]
    policy = read_policy(text.encode(), "p.json")
    assert not policy.readable
    assert not policy.statements
    assert policy.problems[0].text.startswith(f"p.json:{sentence}")


def test_nothing_but_problems_that_are_sentences() -> None:
    for text, _ in BAD.values():
        for problem in read_policy(text.encode(), "p.json").problems:
            assert problem.text.endswith(".")
            assert "\n" not in problem.text


BAD_BUCKET = {
    "no principal": ('{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}', "2:16: The statement has no Principal"),
    "a wildcard in a principal": (
        NAMED.replace('"*"}', '{"AWS": "arn:aws:iam::111122223333:user/*"}}'),
        "2:100: No part of a principal can be a wildcard",
    ),
    "an account without its kind": (NAMED.replace('"*"}', '"111122223333"}'), '2:92: A principal is "*" or an object'),
    "an unknown kind": (NAMED.replace('"*"}', '{"Aws": "*"}}'), "2:93: A principal of the kind 'Aws'"),
}


@pytest.mark.parametrize("what", BAD_BUCKET)
def test_refused_in_a_bucket_policy(what: str) -> None:
    statement, sentence = BAD_BUCKET[what]
    policy = read_policy(_in(statement).encode(), "p.json", Kind.BUCKET)
    assert policy.problems[0].text.startswith(f"p.json:{sentence}")


def test_a_bucket_policy_has_principals() -> None:
    assert not read_policy(_in(NAMED).encode(), "p.json", Kind.BUCKET).problems


def test_every_problem_is_told() -> None:
    policy = read_policy(_in('{"Effect": "allow", "Action": "Get", "Resource": "x"}').encode(), "p.json")
    assert len(policy.problems) == 3


def test_a_problem_within_text_stands_where_the_text_does() -> None:
    text = '{"Policy":\n  ' + json.dumps(_in('{"Effect": "allow", "Action": "s3:*", "Resource": "*"}')) + "}"
    assert read_policy(text.encode(), "p.json").problems[0].text.startswith("p.json:2:3: Effect is 'allow'")


def test_text_that_is_no_utf_8() -> None:
    assert "no UTF-8" in read_policy(b"\xff\xfe{", "p.json").problems[0].text


def test_a_file_past_the_bound() -> None:
    assert "1 MiB" in read_policy(b" " * (MAX_BYTES + 1), "p.json").problems[0].text


def test_nesting_past_the_bound() -> None:
    assert "nested" in read_policy(b'{"a":' * 50_000, "p.json").problems[0].text[:40]


def test_a_value_that_an_operator_cannot_compare_with_is_told_and_taken() -> None:
    text = _in(
        '{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "yes"}}}'
    )
    policy = read_policy(text.encode(), "p.json")
    assert policy.readable
    assert [problem.text for problem in policy.problems] == [
        "p.json:2:117: Bool can't compare with 'yes', so the condition never holds."
    ]


def _long(characters: int) -> bytes:
    return GOOD.replace('"*"', '"arn:aws:s3:::' + "b" * characters + '"').encode()


@pytest.mark.parametrize(("characters", "told"), [(6_000, 0), (6_100, 1)], ids=["within", "past"])
def test_the_size_of_a_managed_policy(characters: int, told: int) -> None:
    policy = read_policy(_long(characters), "p.json")
    assert policy.readable
    assert len(policy.problems) == told


def test_white_space_does_not_count() -> None:
    assert not read_policy(GOOD.encode() + b" " * 7000, "p.json").problems


def test_the_size_of_a_bucket_policy() -> None:
    (problem,) = read_policy(_in(NAMED).encode() + b" " * 20_480, "p.json", Kind.BUCKET).problems
    assert "20480" in problem.text
    assert not problem.fatal
