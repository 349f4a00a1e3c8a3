"""The plain command lines, which are nearly all, read without argparse, whose import takes a third of a whole offline run.

What an option is called and takes is said once, in cli.py, in calls of `add_argument`. `Options` takes the same calls. It
answers only where it is sure what argparse would answer: help, errors, shortened names and all that is unusual are left
to argparse itself.
"""

from __future__ import annotations

from registry_preflight.lean import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

_KNOWN = frozenset(("action", "choices", "default", "dest", "help", "metavar", "nargs", "type"))


class _Given:
    """What argparse calls a namespace."""


class _Option:
    """One option or positional argument: what `add_argument` was told of it."""

    def __init__(self, names: tuple[str, ...], told: dict[str, object]) -> None:
        self.name = names[0]
        self.positional = not self.name.startswith("-")
        self.dest = str(told.get("dest") or self.name.lstrip("-").replace("-", "_"))
        self.action = told.get("action", "store")
        self.default = told.get("default", False if self.action == "store_true" else None)
        self.several = told.get("nargs") == "+"
        self.choices = cast("Sequence[str] | None", told.get("choices"))
        self.type = cast("Callable[[str], object] | None", told.get("type"))
        self.plain = (
            len(names) == 1
            and _KNOWN.issuperset(told)
            and self.action in ("store", "store_true", "append")
            and (self.positional or self.name.startswith("--"))
            and (self.several == ("nargs" in told))
            and (self.positional or not self.several)
            and not (isinstance(self.default, str) and self.type is not None)
        )

    def value(self, text: str) -> object:
        """A text as the option's value. Raises `ValueError` where it takes no such text."""
        value = text if self.type is None else self.type(text)
        if self.choices is not None and value not in self.choices:
            raise ValueError
        return value


class Options:
    """The options of one command, as a parser is told of them."""

    def __init__(self) -> None:
        self._options: list[_Option] = []
        self._defaults: dict[str, object] = {}

    def add_argument(self, *names: str, **told: object) -> None:
        """As of `argparse.ArgumentParser`."""
        self._options.append(_Option(names, told))

    def set_defaults(self, **values: object) -> None:
        """As of `argparse.ArgumentParser`."""
        self._defaults.update(values)

    def read(self, command: str, given: Sequence[str]) -> Namespace | None:
        """What argparse makes of the arguments after the command's name; `None` where that is left to argparse."""
        if not all(option.plain for option in self._options):
            return None
        values = {option.dest: option.default for option in self._options} | self._defaults
        by_name = {option.name: option for option in self._options if not option.positional}
        words: list[str] = []
        gaps = 0  # places where positional arguments begin: argparse takes them in one piece
        rest = iter(given)
        before = ""
        for text in rest:
            if text and (text == "-" or text[0] != "-"):
                gaps += before != "word"
                before = "word"
                words.append(text)
                continue
            before = "option"
            name, equals, value = text.partition("=")
            option = by_name.get(name)
            if option is None or not _take(option, bool(equals), value, rest, values):
                return None
        if gaps > 1 or not _place(words, [option for option in self._options if option.positional], values):
            return None
        made = _Given()
        made.__dict__.update(values, command=command)
        return cast("Namespace", made)


def _take(option: _Option, equals: bool, value: str, rest: object, values: dict[str, object]) -> bool:
    """Note an option with its value, which may be the next of `rest`; whether that is all plain."""
    if option.action == "store_true":
        values[option.dest] = True
        return not equals
    if not equals:
        value = next(rest, "")  # type: ignore[call-overload]
    if not value or (value[0] == "-" and value != "-"):
        return False
    try:
        read = option.value(value)
    except (TypeError, ValueError):
        return False
    values[option.dest] = [*cast("list[object]", values[option.dest]), read] if option.action == "append" else read
    return True


def _place(words: list[str], positionals: list[_Option], values: dict[str, object]) -> bool:
    """Give the positional arguments their words; whether there is one for each, and the last takes what is left."""
    several = bool(positionals) and positionals[-1].several
    if any(option.several for option in positionals[:-1]) or len(words) < len(positionals):
        return False
    if len(words) > len(positionals) and not several:
        return False
    try:
        for at, option in enumerate(positionals):
            taken = [option.value(word) for word in (words[at:] if option.several else words[at : at + 1])]
            values[option.dest] = taken if option.several else taken[0]
    except (TypeError, ValueError):
        return False
    return True
