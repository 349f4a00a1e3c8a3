"""Text from anywhere, made fit to show: what is invisible or moves the cursor is spelt out."""

from __future__ import annotations

from collections.abc import Iterable

from registry_preflight import Pattern, Where

# C0 and C1 controls, soft hyphen and no-break space, zero-width marks, bidi controls, line and paragraph separators,
# byte order mark, tags, and the lone surrogates of undecodable file names.
_UNSEEN = Pattern(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
MAX_PROSE = 4000  # characters
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def clean(text: str) -> str:
    """The text with every invisible character written as an escape such as `\\x1b` or `\\u202e`."""
    if text.isascii() and text.isprintable():  # nearly all; spares a run the compiling of the pattern
        return text
    return str(_UNSEEN.sub(lambda found: _escape(found[0]), text))


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def prose(text: str) -> str:
    """The text on one line, cleaned, and cut if no person would read it to its end."""
    return clean(" ".join(text[:MAX_PROSE].split())) + "..." * (len(text) > MAX_PROSE)


def ascii_only(text: str) -> str:
    """The text for a terminal that shows nothing but ASCII."""
    return text if text.isascii() else text.encode("ascii", "backslashreplace").decode("ascii")


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def cut(text: str, width: int) -> tuple[str, str]:
    """The longest beginning that fits into `width` columns (at least one character), and the rest."""
    if text.isascii():
        return text[: max(width, 1)], text[max(width, 1) :]
    taken = 0
    for index, letter in enumerate(text):
        taken += columns(letter)
        if taken > width and index:
            return text[:index], text[index:]
    return text, ""


def clip(text: str, width: int) -> str:
    """The text, its end replaced by three dots if it does not fit."""
    return text if columns(text) <= width else cut(text, width - 3)[0] + "..."


def wrap(text: str, width: int) -> list[str]:
    """Break text that is clean already into lines of at most `width` columns, at spaces where there are any."""
    if columns(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and columns(line) + 1 + columns(word) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        while columns(word) > width:
            piece, word = cut(word, width)
            lines.append(piece)
        line = word
    return [*lines, line] if line else lines


def pointed(where: Where, width: int, unicode: bool = True) -> tuple[str, str]:
    """The offending line in at most `width` columns, and the line below it with a caret at the column.

    Both are empty where no line is known; the second is empty where no column is.
    """
    if where.excerpt is None:
        return "", ""
    at, reach, room = (where.caret or where.column or 1) - 1, 2 * width, width * 2 // 3
    start = max(0, at - reach)  # a line may be a megabyte long
    before = _spelt(where.excerpt[start:at], unicode)
    rest = _spelt(where.excerpt[at : at + reach], unicode)
    if start or (columns(before) > room and columns(before) + columns(rest) > width):
        while columns(before) > room - 3:
            before = before[max(1, columns(before) - room) :]
        before = "..." + before
    return clip(before + rest, width), " " * columns(before) + "^" if where.column else ""


def _spelt(text: str, unicode: bool) -> str:
    return clean(text) if unicode else ascii_only(clean(text))


def count(number: int, noun: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def releases(names: Iterable[str]) -> str:
    """`registry-2.5, 2.7 and 2.8`: the prefix is said once."""
    first, *others = [*names] or [""]
    prefix = first[: first.rfind("-") + 1]
    return listed([first, *(name.removeprefix(prefix) for name in others)])
