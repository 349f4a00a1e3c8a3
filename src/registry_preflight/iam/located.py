"""Where a value stands in a JSON text. Only asked for once something is wrong with it, since it takes its time."""

from __future__ import annotations

import json
from collections.abc import Callable
from json.decoder import JSONArray, JSONObject  # type: ignore[attr-defined]  # the parts that JSONDecoder is made of
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import NamedTuple

Path = tuple[str | int, ...]
_Scan = Callable[[str, int], tuple[object, int]]


class Place(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


class _Value(NamedTuple):
    """A value and the offset where it begins; the children of objects and arrays are `_Value`s in turn."""

    content: object
    offset: int


class _Placing(json.JSONDecoder):
    """The standard decoder, run by its own parts, with each value wrapped in a `_Value`."""

    def __init__(self) -> None:
        super().__init__(strict=True)
        self.parse_object = self._object
        self.parse_array = self._array
        self.scan_once = _wrapping(py_make_scanner(self))

    def _object(
        self, at: tuple[str, int], strict: bool, scan: _Scan, hook: object, pairs: object, memo: object
    ) -> object:
        return JSONObject(at, strict, _wrapping(scan), None, list, memo)

    def _array(self, at: tuple[str, int], scan: _Scan) -> object:
        return JSONArray(at, _wrapping(scan))


def _wrapping(scan: _Scan) -> _Scan:
    def wrapped(text: str, at: int) -> tuple[object, int]:
        value, end = scan(text, at)
        return value if isinstance(value, _Value) else _Value(value, at), end

    return wrapped


def place_of(text: str, path: Path, *, key: bool = False) -> Place:
    """The place of the value at a path of keys and positions, the last of a key that stands twice; `key`: of its key.

    Where the path leads nowhere, the place is that of the last value on the way.
    """
    try:
        value = _Placing().decode(text)
    except (ValueError, RecursionError):  # the fast decoder has told what is wrong with it already
        return Place(1, 1)
    before = 0
    for step in path:
        before = value.offset
        children = dict(value.content) if isinstance(step, str) and _pairs(value.content) else value.content
        try:
            value = children[step]
        except (LookupError, TypeError):
            break
    offset: int = value.offset
    if key and path and isinstance(path[-1], str):
        found = text.rfind(json.dumps(path[-1]), before, offset)
        offset = found if found >= 0 else offset
    return at_offset(text, offset)


def _pairs(content: object) -> bool:
    return isinstance(content, list) and all(type(item) is tuple for item in content)


def at_offset(text: str, offset: int) -> Place:
    """The place of a character, by its offset."""
    return Place(text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)
