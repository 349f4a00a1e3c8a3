"""Conditions: operators, set operators, keys that a request has, lacks, or may have.

Source: IAM User Guide, "IAM JSON policy elements: Condition", "... Condition operators", "Set operators for multivalued
context keys" and "Evaluation logic for multiple context keys or values".
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from registry_preflight.iam.kleene import Truth, Unknown, every, negated, some
from registry_preflight.iam.patterns import ANYTHING, alike, expanded, has_variables, plain, uncertain_glob

#: The values of a key in a request; `None` where the request does not carry the key; unknown where nobody can tell.
Values = tuple[str, ...] | None | Unknown
Compare = Callable[[str, str], Truth]


class Operator(NamedTuple):
    """An operator as written: its base, whether it is the negated one, and its prefix and suffix."""

    name: str
    base: str
    negated: bool
    if_exists: bool
    quantifier: str  # ForAllValues, ForAnyValue, or empty

    @property
    def compare(self) -> Compare:
        return _BASES[self.base].compare

    def takes(self, text: str) -> bool:
        """Whether a policy's value is one that this operator can compare with."""
        return _BASES[self.base].takes(text)

    @property
    def has_variables(self) -> bool:
        """Whether policy variables stand for something in its values: in text and ARNs alone."""
        return self.base in ("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnLike")


class Condition(NamedTuple):
    """One key under one operator, with the values that any of which will do."""

    operator: Operator
    key: str
    values: tuple[str, ...]


class _Base(NamedTuple):
    """How an operator compares a policy's value with a request's."""

    compare: Compare
    takes: Callable[[str], bool] = lambda text: True


def _equals(ours: str, theirs: str) -> Truth:
    return plain(ours) == theirs if ANYTHING not in theirs else uncertain_glob(_as_text(ours), theirs)


def _equals_in_any_case(ours: str, theirs: str) -> bool:
    return plain(ours).casefold() == theirs.casefold()


def _as_text(ours: str) -> str:
    """A value whose wildcards mean nothing, as a pattern."""
    return plain(ours).replace("*", "\ufdd0").replace("?", "\ufdd1")


def _arn(ours: str, theirs: str) -> Truth:
    """Each of the six parts by itself, so that a wildcard ends at a colon, save in the last."""
    parts, others = ours.split(":", 5), theirs.split(":", 5)
    if ours == "*":
        return True
    return len(parts) == len(others) and every(
        uncertain_glob(one, other) for one, other in zip(parts, others, strict=True)
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _moment(text: str) -> float | None:
    """Seconds of a date as ISO 8601 has it, or of a number that is seconds already."""
    if (seconds := _number(text)) is not None:
        return seconds
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _ordered(read: Callable[[str], float | None], holds: Callable[[float, float], bool]) -> _Base:
    def compare(ours: str, theirs: str) -> bool:
        one, other = read(ours), read(theirs)
        return one is not None and other is not None and holds(other, one)

    return _Base(compare, lambda text: read(text) is not None)


@lru_cache(maxsize=4096)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _in_network(ours: str, theirs: str) -> bool:
    network, address = _network(ours), _network(theirs)
    if network is None or address is None or network.version != address.version:
        return False
    return int(network.network_address) <= int(address.network_address) <= int(network.broadcast_address)


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_boolean(text: str) -> bool:
    return text.lower() in ("true", "false")


_BASES: dict[str, _Base] = {
    "StringEquals": _Base(_equals),
    "StringEqualsIgnoreCase": _Base(_equals_in_any_case),
    "StringLike": _Base(uncertain_glob),
    "ArnLike": _Base(_arn),
    "Bool": _Base(lambda ours, theirs: ours.lower() == theirs.lower(), _is_boolean),
    "BinaryEquals": _Base(lambda ours, theirs: _bytes(ours) is not None and _bytes(ours) == _bytes(theirs), lambda text: _bytes(text) is not None),
    "IpAddress": _Base(_in_network, lambda text: _network(text) is not None),
    "Null": _Base(lambda ours, theirs: False, _is_boolean),
}  # fmt: skip
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "Equals": lambda one, other: one == other,
    "LessThan": lambda one, other: one < other,
    "LessThanEquals": lambda one, other: one <= other,
    "GreaterThan": lambda one, other: one > other,
    "GreaterThanEquals": lambda one, other: one >= other,
}
for _order, _holds in _ORDERS.items():
    _BASES[f"Numeric{_order}"] = _ordered(_number, _holds)
    _BASES[f"Date{_order}"] = _ordered(_moment, _holds)
#: Each operator's name with its base, and whether it is the negation of it.
_NAMES: dict[str, tuple[str, bool]] = {name: (name, False) for name in _BASES} | {
    "StringNotEquals": ("StringEquals", True),
    "StringNotEqualsIgnoreCase": ("StringEqualsIgnoreCase", True),
    "StringNotLike": ("StringLike", True),
    "NumericNotEquals": ("NumericEquals", True),
    "DateNotEquals": ("DateEquals", True),
    "NotIpAddress": ("IpAddress", True),
    "ArnEquals": ("ArnLike", False),
    "ArnNotEquals": ("ArnLike", True),
    "ArnNotLike": ("ArnLike", True),
}
_QUANTIFIERS = ("ForAllValues", "ForAnyValue")


def operator_names() -> tuple[str, ...]:
    """Every operator, without prefixes and suffixes."""
    return tuple(_NAMES)


@lru_cache(maxsize=512)
def operator_named(name: str) -> Operator | None:
    """The operator of this name, such as `ForAllValues:StringLikeIfExists`; `None` where there is none."""
    quantifier, colon, rest = name.partition(":")
    if not colon:
        quantifier, rest = "", name
    elif quantifier not in _QUANTIFIERS:
        return None
    base = rest.removesuffix("IfExists")
    if base not in _NAMES or (base == "Null" and rest != base):
        return None
    of, opposite = _NAMES[base]
    return Operator(name, of, opposite, rest != base, quantifier)


Context = Mapping[str, Values]
Lookup = Callable[[str], Values]


def holds(condition: Condition, lookup: Lookup, *, variables: bool, ceph: bool = False) -> Truth:
    """Whether a condition holds for a request whose keys `lookup` tells; with `ceph` unknown where Ceph may see it otherwise."""
    operator, given = condition.operator, lookup(condition.key)
    if isinstance(given, Unknown):
        return given
    if ceph and (doubt := _doubt_of_ceph(condition, given)):
        return Unknown(doubt)
    if operator.base == "Null":
        return any((text.lower() == "true") == (given is None) for text in condition.values)
    if not given:
        return _without_the_key(operator)
    ours: list[str | Unknown] = list(condition.values)
    if variables and operator.has_variables and any(map(has_variables, condition.values)):
        ours, unset = _replaced(condition.values, lookup)
        if unset and (operator.negated or ours):
            return Unknown(f"the policy variable in {unset}, which has no value for this request")
    compare = alike(operator.compare, "values") if ceph and operator.base == "StringLike" else operator.compare

    def matches(theirs: str) -> Truth:
        found = some(one if isinstance(one, Unknown) else compare(one, theirs) for one in ours)
        return negated(found) if operator.negated else found

    if operator.quantifier == "ForAllValues":
        return every(map(matches, given))
    if operator.quantifier == "ForAnyValue":
        return some(map(matches, given))
    if len(given) == 1:
        return matches(given[0])
    return (every if operator.negated else some)(map(matches, given))


def _doubt_of_ceph(condition: Condition, given: Values) -> str:
    """What a condition turns on where Ceph may have another answer than Amazon (16.2, by its source)."""
    operator = condition.operator
    if operator.base == "Null" and any(value.lower() == "false" for value in condition.values):
        return "whether Ceph heeds the value false of Null"
    if given is None and operator.negated:
        return f"whether {operator.name} holds for Ceph where the key {condition.key} is missing"
    return f"whether Ceph knows {operator.name}" if operator.quantifier else ""


def _without_the_key(operator: Operator) -> bool:
    if operator.quantifier:
        return operator.quantifier == "ForAllValues" or operator.if_exists
    return operator.negated or operator.if_exists


def _replaced(values: tuple[str, ...], lookup: Lookup) -> tuple[list[str | Unknown], str]:
    """The policy's values with their variables replaced, and the one that could not be: it matches nothing.

    AWS says of it only that it may make the whole statement invalid.
    """
    done: list[str | Unknown] = []
    unset = ""
    for value in values:
        text = expanded(value, single(lookup))
        if text is None:
            unset = value
        else:
            done.append(text)
    return done, unset


def single(lookup: Lookup) -> Callable[[str], str | Unknown | None]:
    """A lookup for variables: a key with several values has none that a variable could stand for."""

    def value(key: str) -> str | Unknown | None:
        given = lookup(key)
        if isinstance(given, Unknown):
            return given
        return given[0] if given and len(given) == 1 else None

    return value
