"""One statement of a policy: its elements checked and put in the form that decides requests.

Source: IAM User Guide, "IAM JSON policy elements reference"; operators after "IAM JSON policy elements: Condition
operators".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

from registry_preflight.iam.conditions import Condition, Operator, operator_named, operator_names
from registry_preflight.iam.located import Path
from registry_preflight.words import nearest

ELEMENTS = (
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
)  # fmt: skip
_ACTION = re.compile(r"(?:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+|\*:\*)\Z")
_PRINCIPALS = ("AWS", "Service", "Federated", "CanonicalUser")


class Flaw(NamedTuple):
    """What is wrong at a path of the document; `key`: with the key there. Not `fatal`: AWS takes it all the same."""

    what: str
    path: Path
    key: bool = False
    fatal: bool = True


class Principals(NamedTuple):
    """Whom a statement of a resource policy is about: pairs of a kind (`AWS`, `Service` ...) and a name."""

    names: tuple[tuple[str, str], ...]
    negated: bool


class Statement(NamedTuple):
    """A statement. Actions are in lower case; `variables`: the version gives `${...}` a meaning."""

    position: int
    sid: str
    allows: bool
    actions: tuple[str, ...]
    all_but_actions: bool
    resources: tuple[str, ...]
    all_but_resources: bool
    principals: Principals | None
    conditions: tuple[Condition, ...]
    variables: bool

    @property
    def label(self) -> str:
        """How to name it to a person: its place among the statements, counted from 1, and its Sid."""
        return f"statement {self.position + 1}" + (f" ({self.sid})" if self.sid else "")


def statements_of(given: object, *, version: str, resource_policy: bool) -> tuple[list[Statement], list[Flaw]]:
    """The statements of the element `Statement`, and the flaws of all."""
    several = isinstance(given, list)
    items = cast("list[object]", given) if several else [given]
    reading = _Reading(version == "2012-10-17", resource_policy)
    statements = [
        statement
        for index, item in enumerate(items)
        if (statement := reading.statement(index, item, ("Statement", index) if several else ("Statement",)))
    ]
    return statements, reading.flaws


class _Reading:
    """The state of reading one document."""

    def __init__(self, variables: bool, resource_policy: bool) -> None:
        self.flaws: list[Flaw] = []
        self._variables = variables
        self._resource_policy = resource_policy
        self._sids: set[str] = set()

    def statement(self, index: int, item: object, path: Path) -> Statement | None:
        """A statement; `None` where it is no object."""
        if not isinstance(item, dict):
            self.flaws.append(Flaw("A statement is a JSON object; this is none.", path))
            return None
        before = len(self.flaws)
        self.flaws += _unknown(item, path)
        actions, but_actions = self._either(item, "Action", path)
        resources, but_resources = self._either(item, "Resource", path)
        self.flaws += _bad_actions(actions, item, path)
        self.flaws += _bad_resources(resources, item, path)
        sid = self._sid(item, path)
        principals = self._principals(item, path)
        conditions = tuple(self._conditions(item.get("Condition"), (*path, "Condition")))
        if item.get("Effect") not in ("Allow", "Deny"):
            self.flaws.append(_effect(item, path))
        if len(self.flaws) > before and any(flaw.fatal for flaw in self.flaws[before:]):
            return None
        return Statement(
            index, sid, item["Effect"] == "Allow", tuple(action.lower() for action in actions), but_actions,
            resources, but_resources, principals, conditions, self._variables,
        )  # fmt: skip

    def _sid(self, item: dict[str, object], path: Path) -> str:
        sid = item.get("Sid", "")
        if not isinstance(sid, str):
            self.flaws.append(Flaw("A Sid is text.", (*path, "Sid")))
            return ""
        if sid and sid in self._sids:
            self.flaws.append(Flaw(f"The Sid {sid!r} stands at two statements, and has to be at one.", (*path, "Sid")))
        self._sids.add(sid)
        return sid

    def _either(self, item: dict[str, object], name: str, path: Path) -> tuple[tuple[str, ...], bool]:
        """The texts of `Action` or `NotAction` (or of `Resource`), and whether it is the latter."""
        other = f"Not{name}"
        if name in item and other in item:
            self.flaws.append(Flaw(f"A statement has {name} or {other}, and not both.", (*path, other), key=True))
        elif name not in item and other not in item:
            self.flaws.append(Flaw(f"The statement has no {name}.", path))
            return (), False
        chosen = name if name in item else other
        texts = _texts(item[chosen])
        if not texts:
            self.flaws.append(Flaw(f"{chosen} is text or a list of texts, and not empty.", (*path, chosen)))
        return texts, chosen == other

    def _principals(self, item: dict[str, object], path: Path) -> Principals | None:
        given = [name for name in ("Principal", "NotPrincipal") if name in item]
        if not self._resource_policy:
            if given:
                what = f"{given[0]} stands in bucket policies alone: here it is whoever the policy is attached to."
                self.flaws.append(Flaw(what, (*path, given[0]), key=True))
            return None
        if len(given) != 1:
            what = "A statement has Principal or NotPrincipal, and not both." if given else (
                "The statement has no Principal, which a bucket policy's needs; is this an identity policy?"
            )  # fmt: skip
            self.flaws.append(Flaw(what, path))
            return None
        names = tuple(self._named(item[given[0]], (*path, given[0])))
        return Principals(names, given[0] == "NotPrincipal")

    def _named(self, value: object, path: Path) -> Iterator[tuple[str, str]]:
        if value == "*":
            yield "AWS", "*"
            return
        if not isinstance(value, dict) or not value:
            self.flaws.append(Flaw('A principal is "*" or an object such as {"AWS": "arn:aws:iam::..."}.', path))
            return
        for kind, names in value.items():
            texts = _texts(names)
            if kind not in _PRINCIPALS or not texts:
                self.flaws.append(Flaw(f"A principal of the kind {kind!r} names nobody.", (*path, kind), key=True))
            for text in texts:
                if "*" in text and text != "*" and kind == "AWS":
                    self.flaws.append(Flaw(f"No part of a principal can be a wildcard, as in {text!r}.", (*path, kind)))
                yield kind, text

    def _conditions(self, given: object, path: Path) -> Iterator[Condition]:
        if given is None:
            return
        if not isinstance(given, dict):
            self.flaws.append(Flaw("Condition is an object: operator, key, value.", path))
            return
        for name, keys in given.items():
            operator = operator_named(name)
            if operator is None:
                near = nearest(name, operator_names())
                hint = f"; {near} may be meant." if near else "."
                self.flaws.append(Flaw(f"There is no condition operator {name!r}{hint}", (*path, name), key=True))
            elif not isinstance(keys, dict):
                self.flaws.append(Flaw(f"{name} is an object of condition keys.", (*path, name)))
            else:
                yield from self._keys(operator, keys, (*path, name))

    def _keys(self, operator: Operator, keys: dict[str, object], path: Path) -> Iterator[Condition]:
        for key, value in keys.items():
            texts = _values(value)
            if texts is None:
                self.flaws.append(Flaw(f"{key} is compared with text, a number, a boolean or a list.", (*path, key)))
                continue
            wrong = next((text for text in texts if not operator.takes(text)), None)
            if wrong is not None:
                self.flaws.append(
                    Flaw(
                        f"{operator.name} can't compare with {wrong!r}, so the condition never holds.",
                        (*path, key),
                        fatal=False,
                    )
                )
            yield Condition(operator, key, texts)


def _unknown(item: dict[str, object], path: Path) -> Iterator[Flaw]:
    for key in item:
        if key not in ELEMENTS:
            near = nearest(key, ELEMENTS)
            hint = f"; {near} may be meant." if near else "."
            yield Flaw(f"A statement has no element {key!r}{hint}", (*path, key), key=True)


def _effect(item: dict[str, object], path: Path) -> Flaw:
    if "Effect" not in item:
        return Flaw("The statement has no Effect.", path)
    return Flaw(f"Effect is {item['Effect']!r}; it is Allow or Deny, in this spelling.", (*path, "Effect"))


def _bad_actions(actions: Iterable[str], item: dict[str, object], path: Path) -> Iterator[Flaw]:
    name = "Action" if "Action" in item else "NotAction"
    for action in actions:
        if not _ACTION.match(action):
            yield Flaw(f"{action!r} is no action: it is written as s3:GetObject.", (*path, name))


def _bad_resources(resources: Iterable[str], item: dict[str, object], path: Path) -> Iterator[Flaw]:
    name = "Resource" if "Resource" in item else "NotResource"
    for resource in resources:
        if resource == "*" or resource.startswith("${"):
            continue
        parts = resource.split(":", 5)
        if parts[0] != "arn" or (len(parts) < 6 and not resource.endswith("*")):
            yield Flaw(f"{resource!r} is no resource: it is an ARN such as arn:aws:s3:::bucket/*, or *.", (*path, name))


def _texts(value: object) -> tuple[str, ...]:
    """Text or a list of texts; nothing where it is neither, or has something else in it."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return ()


def _values(value: object) -> tuple[str, ...] | None:
    """A condition's values as text; `None` where one of them has no text of its own."""
    items = value if isinstance(value, list) else [value]
    texts = []
    for item in items:
        if isinstance(item, bool):
            texts.append("true" if item else "false")
        elif isinstance(item, str | int | float):
            texts.append(str(item))
        else:
            return None
    return tuple(texts)
