"""Whether Go's regexp package takes an expression: Perl's syntax without what can't be matched in linear time."""

from __future__ import annotations

import re

from registry_preflight import CannotTell

_REPEAT = re.compile(r"\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}", re.ASCII)
_NAME = re.compile(r"\?(P?)<([^>]*)>")
_FLAGS = re.compile(r"\?([imsU]*)(-[imsU]+)?([:)])")
_CLASS_NAME = re.compile(r"\[:(\^?)([a-z]*):\]")
_HEX = re.compile(r"\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_OCTAL = re.compile(r"\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})")
_UNICODE = re.compile(r"\\[pP](?:\{\^?([^}]*)\}|(.))", re.DOTALL)
_POSIX = frozenset(
    [
        "alnum",
        "alpha",
        "ascii",
        "blank",
        "cntrl",
        "digit",
        "graph",
        "lower",
        "print",
        "punct",
        "space",
        "upper",
        "word",
        "xdigit",
    ]
)
_CATEGORIES = frozenset(
    [
        "Any",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "L",
        "Ll",
        "Lm",
        "Lo",
        "Lt",
        "Lu",
        "M",
        "Mc",
        "Me",
        "Mn",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Pe",
        "Pf",
        "Pi",
        "Po",
        "Ps",
        "S",
        "Sc",
        "Sk",
        "Sm",
        "So",
        "Z",
        "Zl",
        "Zp",
        "Zs",
        "Arabic",
        "Common",
        "Cyrillic",
        "Greek",
        "Han",
        "Hebrew",
        "Hiragana",
        "Katakana",
        "Latin",
        "Thai",
    ]
)
_CONTROLS = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
#: Counted repetitions inside one another are refused past 1,000 in all, and so are very deep or large expressions.
_MOST_REPEATS, _DEEPEST, _LONGEST = 1000, 200, 4000


class _Refused(Exception):
    """Why Go refuses the expression."""


def refusal(expression: str) -> str:
    """Why `regexp.Compile` refuses the expression, in the middle of a sentence; empty where it takes it.

    Raises `CannotTell` where that depends on the Go version or on the size of what it compiles to.
    """
    if len(expression) > _LONGEST:
        raise CannotTell("a regular expression is too long to be judged here")
    try:
        _Parser(expression).parse()
    except _Refused as refused:
        return str(refused)
    return ""


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.unsure = ""
        self.depth = 0
        #: Whether there is something that a repetition could repeat, and the repetition that stands right before.
        self.operand = False
        self.repeated = ""
        self.counted = 0

    def parse(self) -> None:
        """Raises `_Refused` for the first thing that is wrong, `CannotTell` for what only some builds take."""
        while self.at < len(self.text):
            self._step()
        if self.depth:
            raise _Refused("a parenthesis is not closed")
        if self.unsure:
            raise CannotTell(self.unsure)

    def _step(self) -> None:
        character = self.text[self.at]
        if character in "*+?" or (character == "{" and _REPEAT.match(self.text, self.at)):
            self._repetition()
            return
        self.repeated = ""
        if character == "(":
            self._open()
        elif character == ")":
            self._close()
        elif character == "|":
            self.at, self.operand = self.at + 1, False
        else:
            before = self.at
            if character == "[":
                self._class()
            elif character == "\\":
                self._escape()
            else:
                self.at += 1
            # An empty quotation is the one thing that stands there and is nothing.
            self.operand = self.operand or self.text[before : self.at] not in ("\\Q", "\\Q\\E")

    def _repetition(self) -> None:
        counted = _REPEAT.match(self.text, self.at) if self.text[self.at] == "{" else None
        operator = counted[0] if counted else self.text[self.at]
        if counted:
            self._check_count(counted)
        self.at += len(operator)
        lazy = self.text[self.at : self.at + 1] == "?"
        self.at += lazy
        if not self.operand:
            raise _Refused(f"nothing stands before {operator}")
        if self.repeated:
            raise _Refused(f"{self.repeated + operator} repeats a repetition (there are no possessive quantifiers)")
        self.repeated = operator + "?" * lazy

    def _check_count(self, counted: re.Match[str]) -> None:
        least, most = counted[1], counted[3]
        high = int(most or least)
        if max(int(least), high) > _MOST_REPEATS or high < int(least):
            raise _Refused(f"{counted[0]} is no valid count: the limit is {_MOST_REPEATS}")
        self.counted = max(self.counted, 1) * max(high, 1)
        if self.counted > _MOST_REPEATS:
            # Only repetitions inside one another multiply; these may stand side by side.
            self.unsure = "a regular expression repeats too much to be judged here"

    def _open(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise CannotTell("a regular expression nests too deeply to be judged here")
        self.at += 1
        before, self.operand = self.operand, False
        if self.text[self.at : self.at + 1] != "?":
            return
        if found := _NAME.match(self.text, self.at):
            self._name(found[2])
            if not found[1]:
                self.unsure = "(?<name>) is taken by registries built with Go 1.22 or newer, and refused by older ones"
            self.at = found.end()
        elif flags := _FLAGS.match(self.text, self.at):
            self.at = flags.end()
            if flags[3] == ")":
                # Nothing but flags: what stands before it may still be repeated.
                self.depth, self.operand = self.depth - 1, before
        else:
            raise _Refused(f"({self.text[self.at : self.at + 3]} is not known (look-around and the like do not exist)")

    def _name(self, name: str) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_]+", name):
            raise _Refused(f"{name!r} is no name for a group")

    def _close(self) -> None:
        if not self.depth:
            raise _Refused("a parenthesis is closed that was not opened")
        self.depth, self.at, self.operand = self.depth - 1, self.at + 1, True

    def _escape(self) -> None:
        follows = self.text[self.at + 1 : self.at + 2]
        if follows == "Q":
            end = self.text.find("\\E", self.at + 2)
            self.at = len(self.text) if end < 0 else end + 2
        elif follows and follows in "AbBzdswDSW":
            self.at += 2
        elif not self._unicode_class():
            self._character()

    def _unicode_class(self) -> bool:
        if self.text[self.at : self.at + 2] not in ("\\p", "\\P"):
            return False
        found = _UNICODE.match(self.text, self.at)
        name = (found[1] if found[1] is not None else found[2]) if found else ""
        if not found or not re.fullmatch(r"[A-Za-z_]+", name):
            raise _Refused("\\p names no class of characters")
        if name not in _CATEGORIES:
            self.unsure = f"whether \\p{{{name}}} is known depends on the Go version that the registry was built with"
        self.at = found.end()
        return True

    def _character(self) -> int:
        """The code of the escaped character here."""
        if found := _HEX.match(self.text, self.at):
            code = int(found[1] or found[2], 16)
            if code > 0x10FFFF:
                raise _Refused(f"{found[0]} is beyond all characters")
        elif found := _OCTAL.match(self.text, self.at):
            code = int(found[0][1:], 8)
        else:
            follows = self.text[self.at + 1 : self.at + 2]
            if not follows:
                raise _Refused("it ends with a backslash")
            if follows not in _CONTROLS and (not follows.isascii() or follows.isalnum()):
                because = " (there are no back-references)" if follows.isdigit() else ""
                raise _Refused(f"\\{follows} is not known{because}")
            self.at += 2
            return _CONTROLS.get(follows, ord(follows))
        self.at = found.end()
        return code

    def _class(self) -> None:
        self.at += 1
        if self.text[self.at : self.at + 1] == "^":
            self.at += 1
        first = True
        while first or self.text[self.at : self.at + 1] != "]":
            if self.at >= len(self.text):
                raise _Refused("a bracket is not closed")
            first = False
            self._class_item()
        self.at += 1

    def _class_item(self) -> None:
        if self.text.startswith("[:", self.at) and (end := self.text.find(":]", self.at + 2)) >= 0:
            named = _CLASS_NAME.match(self.text, self.at)
            if named is None or named[2] not in _POSIX:
                raise _Refused(f"{self.text[self.at : end + 2]} is no class of characters")
            self.at = named.end()
        elif self._unicode_class():
            return
        elif self.text[self.at] == "\\" and self.text[self.at + 1 : self.at + 2] in tuple("dswDSW"):
            self.at += 2
        else:
            self._range()

    def _range(self) -> None:
        start = self.at
        low = self._class_character()
        if self.text[self.at : self.at + 1] != "-" or self.text[self.at + 1 : self.at + 2] in ("]", ""):
            return
        self.at += 1
        if self._class_character() < low:
            raise _Refused(f"the range {self.text[start : self.at]} runs backwards")

    def _class_character(self) -> int:
        if self.text[self.at] == "\\":
            return self._character()
        self.at += 1
        return ord(self.text[self.at - 1])
