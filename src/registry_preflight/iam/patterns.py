"""Wildcards, ARNs and policy variables.

Source: IAM User Guide, "IAM JSON policy elements: Resource" (wildcards in ARNs), "IAM JSON policy elements: Action"
and "IAM policy elements: Variables and tags".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from registry_preflight.iam.kleene import Truth, Unknown, some

#: What stands for a part of a resource or of a value that nobody knows, such as the account of a key given by its id.
ANYTHING = "\ufdd2"
# A wildcard that is meant as a character, `${*}` or one out of a variable's value, and how it is kept apart meanwhile.
_LITERAL = str.maketrans({"*": "\ufdd0", "?": "\ufdd1"})
_MARKS = ("\ufdd0", "\ufdd1")

_VARIABLE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_NAME_AND_DEFAULT = re.compile(r"([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?\Z")

Lookup = Callable[[str], "str | Unknown | None"]


def glob(pattern: str, text: str) -> bool:
    """Whether a text is as a pattern of `*` (any characters, also none) and `?` (any one) says, case-sensitively."""
    if "\ufdd0" in pattern or "\ufdd1" in pattern:
        text = text.translate(_LITERAL)
    if "*" not in pattern:
        return pattern == text if "?" not in pattern else _fits(pattern, text)
    first, *rest = pattern.split("*")
    if "?" not in pattern:
        return _pieces(first, rest, text)
    return _pieces_with_marks(first, rest, text)


def _pieces(first: str, rest: list[str], text: str) -> bool:
    if not text.startswith(first):
        return False
    position, last = len(first), rest.pop()
    for piece in rest:
        found = text.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return len(text) - len(last) >= position and text.endswith(last)


def _fits(piece: str, text: str) -> bool:
    return len(piece) == len(text) and all(one in ("?", other) for one, other in zip(piece, text, strict=True))


def _pieces_with_marks(first: str, rest: list[str], text: str) -> bool:
    if not _fits(first, text[: len(first)]):
        return False
    position, last = len(first), rest.pop()
    for piece in rest:
        while position + len(piece) <= len(text) and not _fits(piece, text[position : position + len(piece)]):
            position += 1
        position += len(piece)
        if position > len(text):
            return False
    return len(text) - len(last) >= position and _fits(last, text[len(text) - len(last) :])


def forward_glob(pattern: str, text: str) -> bool:
    """`glob` as Ceph does it: a `*` ends at the first character that the pattern goes on with, and never tries a later one."""
    at = 0
    for position, character in enumerate(pattern):
        if character == "*":
            following = pattern[position + 1 : position + 2]
            if not following:
                return True
            while at < len(text) and text[at] != following:
                at += 1
        elif at < len(text) and character in ("?", text[at]):
            at += 1
        else:
            return False
    return at == len(text)


def uncertain_glob(pattern: str, text: str) -> Truth:
    """`glob` for a text that may have unknown parts (`ANYTHING`): unknown where these decide."""
    if ANYTHING not in text:
        return glob(pattern, text)
    if pattern == "*" or (pattern.endswith("*") and "?" not in pattern and glob(pattern, text)):
        return True
    known = text.partition(ANYTHING)[0]
    literal = re.split(r"[*?]", pattern, maxsplit=1)[0].translate({ord(mark): None for mark in _MARKS})
    shorter = min(len(known), len(literal))
    return (
        Unknown("a part of the resource that the config does not tell")
        if known[:shorter] == literal[:shorter]
        else False
    )


def arn_matches(pattern: str, resource: str) -> Truth:
    """Whether an ARN is one that a pattern names: part by part, where a `*` at the end of a part may run past its colon."""
    if pattern == "*":
        return True
    if ANYTHING not in resource and ("*" in pattern or "?" in pattern):
        # A pattern whose parts all match matches as a whole, too; the reverse needs a part that ends with a `*`.
        if not glob(pattern, resource):
            return False
        return "*:" in pattern or pattern.endswith("*") or _by_parts(pattern, resource)
    return _by_parts(pattern, resource)


def _by_parts(pattern: str, resource: str) -> Truth:
    ours, theirs = pattern.split(":", 5), resource.split(":", 5)
    if len(ours) != len(theirs):
        return False
    unknown: list[Unknown] = []
    for one, other in zip(ours, theirs, strict=True):
        matches = uncertain_glob(one, other)
        if matches is False:
            return False
        if isinstance(matches, Unknown):
            unknown.append(matches)
    return unknown[0] if unknown else True


@lru_cache(maxsize=4096)
def action_matches(patterns: tuple[str, ...], action: str) -> bool:
    """Whether one of the patterns, in lower case, names this action, in lower case."""
    return action in patterns or (
        any("*" in one or "?" in one for one in patterns) and any(glob(one, action) for one in patterns)
    )


def has_variables(text: str) -> bool:
    """Whether there is a `${...}` in it."""
    return "${" in text


def expanded(text: str, lookup: Lookup) -> str | Unknown | None:
    """A text with its policy variables replaced by the request's values, whose wildcards count as characters.

    `None` where a variable has no value and no default: then the text matches nothing.
    """
    done: list[str] = []
    position = 0
    for found in _VARIABLE.finditer(text):
        value = _value(found[1], lookup)
        if value is None or isinstance(value, Unknown):
            return value
        done.append(text[position : found.start()])
        done.append(value.translate(_LITERAL))
        position = found.end()
    return "".join([*done, text[position:]])


def _value(inside: str, lookup: Lookup) -> str | Unknown | None:
    if inside in ("*", "?", "$"):
        return inside
    taken = _NAME_AND_DEFAULT.match(inside)
    if taken is None:
        return None
    value = lookup(taken[1])
    return taken[2] if value is None else value


def plain(text: str) -> str:
    """A text that was expanded, with its characters put back: for comparisons that know no wildcards."""
    return text.replace("\ufdd0", "*").replace("\ufdd1", "?") if "\ufdd0" in text or "\ufdd1" in text else text


def any_matches(patterns: tuple[str, ...], resource: str, *, ceph: bool = False) -> Truth:
    """Whether one of the patterns names the resource; with `ceph` unknown where Ceph may see it otherwise."""
    matches = alike(arn_matches, "resources") if ceph else arn_matches
    return some(matches(pattern, resource) for pattern in patterns)


def alike(matches: Callable[[str, str], Truth], what: str) -> Callable[[str, str], Truth]:
    """A comparison that is unknown where a `*` within a pattern means something else to Ceph (16.2, seen)."""

    def compare(pattern: str, text: str) -> Truth:
        found = matches(pattern, text)
        if found is True and "*" in pattern[:-1] and not forward_glob(pattern, text):
            return Unknown(f"how Ceph reads a wildcard in the middle of {what}, such as {pattern}")
        return found

    return compare
