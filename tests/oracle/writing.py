"""Writes a config tree as YAML text, in one of the many ways to do so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
#: A map, as pairs of a key and a value, since YAML takes a key twice. A value is raw text or a map.
Pairs = list[list[Any]]
Value = str | Pairs

_MARKS = ("---\n", "# x\n", "\n", "--- # x\n", "---\n---\n", "\ufeff", "...\n", " ", "\t\n")
_BEFORE = (*_MARKS, "%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%TAG ! tag:x,1:\n---\n")
_AFTER = ("...\n", "---\nx\n", "# x", "\n\n", "  \n", "---\n{", "\t", "...\n@", "x")
_BREAKS = ("\r\n", "\r", "\n\n", " \n", "\t\n", " # x\n", "\u2028")


class _Chooser(Protocol):
    def pick(self, options: Sequence[T]) -> T: ...
    def below(self, limit: int) -> int: ...
    def chance(self, percent: int) -> bool: ...


def written(top: Pairs, choose: _Chooser) -> str:
    """The whole document, with marks, line breaks and indentation of its own kind."""
    step = choose.pick((2, 2, 2, 4, 1, 3, 8)) if choose.chance(20) else 2
    text = _flow(top, choose) + "\n" if choose.chance(3) else "".join(_block(top, 0, step, choose))
    if choose.chance(10):
        text = choose.pick(_BEFORE) + text
    if choose.chance(8):
        text += choose.pick(_AFTER)
    if choose.chance(6):
        text = text.replace("\n", choose.pick(_BREAKS))
    return text


def _block(pairs: Pairs, depth: int, step: int, choose: _Chooser) -> list[str]:
    pad = " " * depth
    lines: list[str] = []
    for key, value in pairs:
        name = _key(key, choose)
        if isinstance(value, list) and value and not choose.chance(6):
            lines.append(f"{pad}{name}:{_note(choose)}\n")
            lines += _block(value, depth + step, step, choose)
            continue
        raw = _flow(value, choose) if isinstance(value, list) else value
        # What a value continues on must stand deeper than its key.
        raw = raw.replace("\n", "\n" + pad + " " * step)
        gap = choose.pick((" ", "  ", "\t")) if choose.chance(4) else " "
        lines.append(f"{pad}{name}:{gap if raw else ''}{raw}{_note(choose)}\n")
    return lines


def _flow(pairs: Pairs, choose: _Chooser) -> str:
    gap = choose.pick((" ", "\n ", "")) if choose.chance(10) else " "
    inner = [f"{key}: {_flow(value, choose) if isinstance(value, list) else value}" for key, value in pairs]
    return "{" + f",{gap}".join(inner) + choose.pick(("", "", ",", " ")) + "}"


def _key(key: str, choose: _Chooser) -> str:
    if not choose.chance(3):
        return key
    return choose.pick((f'"{key}"', f"'{key}'", f"{key} ", f"!!str {key}", f"&k {key}"))


def _note(choose: _Chooser) -> str:
    return choose.pick((" # x", " ", "\t# x", "#x", " #", "\n\n", "\n# x")) if choose.chance(3) else ""
