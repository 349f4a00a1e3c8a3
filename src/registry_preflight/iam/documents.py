"""A policy document's text to statements, and one sentence with its place for whatever is wrong with it.

Source: IAM User Guide, "Grammar of the IAM JSON policy language", "IAM JSON policy elements reference" and "IAM and AWS
STS quotas"; Amazon S3 User Guide, "Bucket policies" for the size of those.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

from registry_preflight.iam.located import Path, at_offset, place_of
from registry_preflight.iam.statements import Flaw, Statement, statements_of
from registry_preflight.words import nearest

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
#: Characters of a managed policy, white space not counted, and bytes of a bucket policy.
MANAGED_CHARACTERS, BUCKET_BYTES = 6_144, 20_480
VERSIONS = ("2008-10-17", "2012-10-17")
_TOP = ("Version", "Id", "Statement")
#: Where the answers of AWS's tools keep the document: `get-policy-version`, `get-user-policy`, `get-bucket-policy`,
#: `describe-policy`, and what CloudFormation and the SDKs call it.
_WRAPPERS = ("PolicyVersion", "PolicyDocument", "Document", "Policy", "Content")


class Kind(StrEnum):
    """What a policy is attached to, and so what it can do: grant, or only limit what others grant."""

    IDENTITY = "identity"
    BUCKET = "bucket"
    BOUNDARY = "boundary"
    SCP = "scp"
    SESSION = "session"


class Problem(NamedTuple):
    """What is wrong with a document: one sentence that begins with `file:line:column`.

    `fatal`: AWS would refuse the document, and nothing can be said of what it allows.
    """

    text: str
    fatal: bool = True


class Policy(NamedTuple):
    """One document. `problems` are empty where AWS would take it; `statements` are, where one of them is fatal."""

    kind: Kind
    name: str
    version: str
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def readable(self) -> bool:
        return not any(problem.fatal for problem in self.problems)


class _Unreadable(Exception):
    """There is no document in the text; `at` is where, as a path or an offset."""

    def __init__(self, what: str, at: Path | int = (), *, key: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.at = at
        self.key = key


def read_policy(text: bytes, name: str, kind: Kind = Kind.IDENTITY) -> Policy:
    """Read a document, alone or as AWS's tools wrap it, also URL-encoded. `name` stands before each problem."""
    content, shown = "", text
    try:
        content = _decoded(text)
        value, path = _unwrapped(_parsed(content))
        if isinstance(value, _Text):  # a document that is kept as text within the answer of a tool
            shown = value.content.encode()
        version, statements, flaws = _document(value.value if isinstance(value, _Text) else value, kind)
    except _Unreadable as reason:
        return Policy(kind, name, "", (), (_problem(name, content, reason.what, reason.at, key=reason.key),))
    inside = () if isinstance(value, _Text) else None
    problems = [
        _problem(
            name, content, flaw.what, (*path, *flaw.path) if inside is None else path, key=flaw.key, fatal=flaw.fatal
        )
        for flaw in flaws
    ]
    problems += [Problem(f"{name}:1:1: {what}", fatal=False) for what in _sizes(shown, kind)]
    fatal = any(problem.fatal for problem in problems)
    return Policy(kind, name, version, () if fatal else tuple(statements), tuple(problems))


class _Text(NamedTuple):
    """A document that stands as text in another."""

    content: str
    value: object


def _problem(name: str, text: str, what: str, at: Path | int, *, key: bool = False, fatal: bool = True) -> Problem:
    place = at_offset(text, at) if isinstance(at, int) else place_of(text, at, key=key)
    return Problem(f"{name}:{place.line}:{place.column}: {what}", fatal)


def _decoded(text: bytes) -> str:
    if len(text) > MAX_BYTES:
        raise _Unreadable(f"A policy is not larger than {MAX_BYTES >> 20} MiB; this file is.", 0)
    try:
        content = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unreadable("This is no UTF-8 text; write the policy as JSON in UTF-8.", 0) from None
    return unquote(content) if content.lstrip()[:3].upper() == "%7B" else content


def _parsed(content: str) -> object:
    """Raises `_Unreadable`."""
    repeated: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(items)
        if len(made) < len(items):
            keys = [key for key, _ in items]
            repeated.extend(key for key in made if keys.count(key) > 1)
        return made

    if _depth(content) > MAX_DEPTH:
        raise _Unreadable(f"Values are nested more than {MAX_DEPTH} deep, which no policy is.", 0)
    try:
        value: object = json.loads(content, object_pairs_hook=pairs, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise _Unreadable(f"This is no JSON: {error.msg.lower()}.", error.pos) from None
    except ValueError:  # a number of thousands of digits, or NaN
        raise _Unreadable("This is no JSON: a number in it is none.", 0) from None
    if repeated:
        offset = _last_of(content, repeated[0])
        raise _Unreadable(f"The key {repeated[0]!r} stands twice in one object, which AWS refuses.", offset)
    return value


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _depth(content: str) -> int:
    """How deep brackets are nested at most; those within strings count, too, which errs on the safe side of the bound."""
    deepest = depth = 0
    for character in content if content.count("{") + content.count("[") > MAX_DEPTH else "":
        if character in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}]":
            depth -= 1
    return deepest


def _last_of(content: str, key: str) -> int:
    return max(content.rfind(json.dumps(key)), content.rfind(json.dumps(key, ensure_ascii=False)), 0)


def _unwrapped(value: object) -> tuple[object, Path]:
    """The document in what a tool of AWS answered, and the path to it."""
    path: Path = ()
    while isinstance(value, dict) and "Statement" not in value:
        wrapper = next((name for name in _WRAPPERS if isinstance(value.get(name), dict | str)), None)
        if wrapper is None:
            break
        value, path = value[wrapper], (*path, wrapper)
        if isinstance(value, str):
            return _text(value, path), path
    return value, path


def _text(value: str, path: Path) -> _Text:
    content = unquote(value) if value.lstrip()[:3].upper() == "%7B" else value
    try:
        return _Text(content, _parsed(content))
    except _Unreadable as reason:
        raise _Unreadable(f"In the text of {path[-1]}: {reason.what}", path) from None


def _document(value: object, kind: Kind) -> tuple[str, list[Statement], list[Flaw]]:
    """Version, statements and flaws. Raises `_Unreadable` for what is no policy at all."""
    if not isinstance(value, dict):
        raise _Unreadable("A policy is a JSON object with Version and Statement; this is none.")
    flaws = list(_top(value))
    version = value.get("Version", VERSIONS[0])
    given = value.get("Statement")
    if given is None:
        raise _Unreadable("The policy has no Statement.")
    statements, more = statements_of(given, version=str(version), resource_policy=kind is Kind.BUCKET)
    return str(version), statements, [*flaws, *more]


def _top(value: dict[str, object]) -> Iterator[Flaw]:
    for key in value:
        if key not in _TOP:
            near = nearest(key, _TOP)
            yield Flaw(
                f"A policy has no element {key!r}" + (f"; {near} may be meant." if near else "."), (key,), key=True
            )
    version = value.get("Version")
    if version is not None and version not in VERSIONS:
        yield Flaw(f"Version is {version!r}; it names the policy language and is 2012-10-17.", ("Version",))


def _sizes(text: bytes, kind: Kind) -> Iterator[str]:
    if kind is Kind.BUCKET and len(text) > BUCKET_BYTES:
        yield f"The document has {len(text)} bytes; S3 takes a bucket policy of up to {BUCKET_BYTES}."
    if kind in (Kind.IDENTITY, Kind.BOUNDARY):
        characters = len("".join(text.decode("utf-8", "replace").split()))
        if characters > MANAGED_CHARACTERS:
            yield (
                f"The document has {characters} characters without white space; a managed policy has up to"
                f" {MANAGED_CHARACTERS}, and one that stands in a user alone up to 2048 with the user's others."
            )
