"""What a scalar means to the registry's YAML library, gopkg.in/yaml.v2, in each of the versions that releases embed.

Dialects: `2015` (release 2.5), `2.2` (2.7), `2.4` (2.8 and 3.x). Known from the library's source and from what the
releases did with the same texts.
"""

from __future__ import annotations

from registry_preflight.config.document import TAG_PREFIX
from registry_preflight.config.gotext import parse_float, parse_int
from registry_preflight.pattern import Pattern

Scalar = str | int | float | bool | None

STR, BOOL, INT, FLOAT, NULL = (TAG_PREFIX + name for name in ("str", "bool", "int", "float", "null"))
TIMESTAMP, BINARY, MERGE = TAG_PREFIX + "timestamp", TAG_PREFIX + "binary", TAG_PREFIX + "merge"

_WORDS: dict[str, tuple[str, Scalar]] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), (BOOL, True)),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), (BOOL, False)),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), (NULL, None)),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), (FLOAT, float("nan"))),
    **{sign + word: (FLOAT, float("inf")) for word in (".inf", ".Inf", ".INF") for sign in ("", "+")},
    **{"-" + word: (FLOAT, -float("inf")) for word in (".inf", ".Inf", ".INF")},
}
_NUMERIC = frozenset("+-0123456789")
_FLOAT_STYLE = {
    "2.2": Pattern(r"[-+]?[0-9]*\.?[0-9]+([eE][-+][0-9]+)?"),
    "2.4": Pattern(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
}
# yaml.v2 hands a date on as the text it was, so only an explicit !!timestamp can go wrong.
_TIMESTAMP = Pattern(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
_RESOLVABLE = frozenset(("", STR, BOOL, INT, FLOAT, NULL, TIMESTAMP))
_RESOLVABLE_2015 = _RESOLVABLE - {TIMESTAMP}


class TagMismatch(ValueError):
    """An explicit tag that does not fit the text, such as `!!int yes`: the whole document is refused."""


def resolve(tag: str, text: str, dialect: str) -> tuple[str, Scalar]:
    """The tag and the value of a scalar, plain or with an explicit `tag`.

    Raises `TagMismatch` where the tag does not fit.
    """
    if tag not in (_RESOLVABLE_2015 if dialect == "2015" else _RESOLVABLE):
        return tag, text
    found, value = _guess(tag, text, dialect)
    if tag in ("", found, STR):
        return found, value
    if tag == FLOAT and found == INT and isinstance(value, int) and value < 1 << 63:
        return FLOAT, float(value)
    raise TagMismatch(f"{text!r} is no {tag.removeprefix(TAG_PREFIX)}")


def _guess(tag: str, text: str, dialect: str) -> tuple[str, Scalar]:
    if tag == STR:
        return STR, text
    if tag == TIMESTAMP and _TIMESTAMP.fullmatch(text):
        return TIMESTAMP, text
    if (word := _WORDS.get(text)) is not None:
        return word
    first = text[0]
    if first == ".":
        number = parse_float(text)
        return (STR, text) if number is None else (FLOAT, number)
    return _number(text, dialect) if first in _NUMERIC else (STR, text)


def _number(text: str, dialect: str) -> tuple[str, Scalar]:
    plain = text.replace("_", "")
    for unsigned in (False, True):
        number = parse_int(plain, unsigned=unsigned)
        if number is not None:
            return INT, number
    if dialect == "2015" or _FLOAT_STYLE[dialect].fullmatch(plain):
        real = parse_float(plain)
        if real is not None:
            return FLOAT, real
    for prefix, sign in (("0b", ""), ("-0b", "-")):  # the library's own reading of binary, which takes `0b-1`, too
        if plain.startswith(prefix):
            number = parse_int(sign + plain.removeprefix(prefix), 2)
            if number is not None:
                return INT, number
    return STR, text
