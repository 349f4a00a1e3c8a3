"""How a driver's constructor reads one parameter: the Go code of each release, by the names that the driver tables use.

Each reader gets the decoded value (never null) and answers the value that the driver works with. It raises
`NotAccepted` with the form that would have been, where the constructor answers an error.
"""

from __future__ import annotations

from collections.abc import Callable

from registry_preflight.config.gotext import (
    INT64_MAX,
    decode_base64,
    parse_bool,
    parse_duration,
    parse_int,
    printed,
    scan_int,
)
from registry_preflight.config.gotypes import UNTYPED, GoList, GoMap
from registry_preflight.config.tables import Data, at
from registry_preflight.lean import cache
from registry_preflight.pattern import Pattern


class NotAccepted(Exception):
    """The driver refuses the value; `wanted` says what it takes."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted


BOOLEAN_WORDS = "true or false"
WHOLE = "a whole number"


def _text(value: object) -> object:
    return printed(value)


def _parsebool(value: object) -> object:
    if isinstance(value, bool):
        return value
    parsed = parse_bool(value) if isinstance(value, str) else None
    if parsed is None:
        raise NotAccepted(BOOLEAN_WORDS)
    return parsed


def _bool(value: object) -> object:
    if not isinstance(value, bool):
        raise NotAccepted(f"{BOOLEAN_WORDS}, without quotes")
    return value


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _wrapped(value: int) -> int:
    """A uint64 that Go puts into an int64."""
    return value if value <= INT64_MAX else value - (1 << 64)


def _s3_int(value: object) -> object:
    if isinstance(value, str):
        value = parse_int(value, 0)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotAccepted(f"{WHOLE}, in digits only")
    return _wrapped(value)


def _scan_int(value: object) -> object:
    number = scan_int(printed(value))
    if number is None:
        raise NotAccepted(f"{WHOLE}, in decimal digits")
    return number


def _decimal_int(value: object) -> object:
    if isinstance(value, str):
        value = parse_int(value, 10)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotAccepted(f"{WHOLE}, in decimal digits")
    return _wrapped(value)


def _threads_int(value: object) -> object:
    if isinstance(value, str):
        value = parse_int(value, 0, unsigned=True)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotAccepted(f"{WHOLE} of zero or more")
    return value


def _strict_string(value: object) -> object:
    if not isinstance(value, str):
        raise NotAccepted("text, in quotes if it looks like a number, a boolean or a date")
    return value


def _text_or_default(value: object) -> object:
    return value if isinstance(value, str) else printed(value)


def _strict_int(value: object) -> object:
    if isinstance(value, float):
        return int(value) if abs(value) < 1 << 63 else -(1 << 63)
    if not _is_int(value):
        raise NotAccepted(f"{WHOLE}, without quotes")
    assert isinstance(value, int)
    return _wrapped(value)


def _strict_strings(value: object) -> object:
    if not isinstance(value, GoList) or not all(isinstance(item, str) or item is None for item in value):
        raise NotAccepted("a list of texts")
    return list(value)


def is_base64(text: str) -> str:
    """The text, if Go's base64 reader takes it. Raises `NotAccepted` if not."""
    if decode_base64(text) is None:
        raise NotAccepted("base64, as the portal shows the account's key: no connection string, no SAS token")
    return text


def _base64(value: object) -> object:
    return is_base64(printed(value))


def _strict_map(value: object) -> object:
    if not isinstance(value, GoMap):
        raise NotAccepted("a map")
    return value


def _untyped_map(value: object) -> object:
    if not isinstance(value, GoMap) or value.type is not UNTYPED:
        raise NotAccepted("a map, written in one piece")
    return value


def _strict_duration(value: object) -> object:
    if isinstance(value, str) and (not value or parse_duration(value) is not None):
        return value
    raise NotAccepted("a duration with its unit, such as 100ms")


READERS: dict[str, Callable[[object], object]] = {
    "text": _text,
    "path": _text,
    "text-or-default": _text_or_default,
    "parsebool": _parsebool,
    "bool": _bool,
    "strict-bool": _bool,
    "s3-int": _s3_int,
    "scan-int": _scan_int,
    "gcs-int": _decimal_int,
    "threads-int": _threads_int,
    "strict-int": _strict_int,
    "strict-string": _strict_string,
    "strict-strings": _strict_strings,
    "base64": _base64,
    "strict-base64": _strict_string,
    "strict-map": _strict_map,
    "strict-duration": _strict_duration,
    "map": _untyped_map,
}


@cache
def _pattern(text: str) -> Pattern:
    return Pattern(text)


def coerce(entry: Data, value: object, version: str) -> object:
    """The value that the release's driver makes of a given one; null becomes the default, unless the table says otherwise.

    Raises `NotAccepted` where the driver refuses it: by type, by bounds or by enumeration.
    """
    kind = str(at(entry.get("type", "text"), version))
    if value is None:
        null = at(entry.get("null", "default"), version)
        if null == "default":
            return at(entry.get("default"), version)
        if null == "refused":
            raise NotAccepted("a value: it may be left out, but not left blank")
    made = READERS[kind](value)
    if value is not None and made == "" and at(entry.get("empty", "kept"), version) == "default":
        return at(entry.get("default"), version)
    pattern = at(entry.get("pattern", ""), version)
    if pattern and isinstance(made, str) and not _pattern(str(pattern)).fullmatch(made):
        raise NotAccepted(str(entry.get("pattern_said", f"text like {pattern}")))
    _within(entry, made, version)
    return _raised(entry, value, made, version)


def _raised(entry: Data, given: object, value: object, version: str) -> object:
    """Some drivers quietly raise a number that is too small instead of refusing it."""
    least = at(entry.get("at_least"), version)
    if not isinstance(least, int) or not isinstance(value, int):
        return value
    if _is_int(given) and value <= 0:
        return at(entry.get("non_positive", least), version)
    return max(least, value)


def _within(entry: Data, value: object, version: str) -> None:
    minimum, maximum = at(entry.get("minimum"), version), at(entry.get("maximum"), version)
    if isinstance(value, int) and not isinstance(value, bool):
        too_small = isinstance(minimum, int) and value < minimum
        too_large = isinstance(maximum, int) and value > maximum
        if too_small or too_large:
            unit = f" {entry['unit']}" if "unit" in entry else ""
            raise NotAccepted(
                f"at least {minimum}{unit}" if maximum is None else f"between {minimum} and {maximum}{unit}"
            )
        multiple = at(entry.get("multiple_of"), version)
        if isinstance(multiple, int) and value % multiple:
            raise NotAccepted(f"a multiple of {multiple}")
