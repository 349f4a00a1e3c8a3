"""The small versions of what the standard library has behave as those do."""

from __future__ import annotations

import copy
import enum
import functools
import pickle
import re
import typing
from collections.abc import Callable
from typing import Any

import pytest

from registry_preflight import lean
from registry_preflight.check import Stage
from registry_preflight.pattern import Pattern, compile_patterns
from registry_preflight.result import Prediction


class Ours(lean.NamedTuple):
    """A place."""

    name: str
    line: int = 1
    column: int | None = None

    @property
    def twice(self) -> int:
        return 2 * self.line

    @classmethod
    def of(cls, name: str) -> Ours:
        return cls(name)


class Theirs(typing.NamedTuple):
    """A place."""

    name: str
    line: int = 1
    column: int | None = None

    @property
    def twice(self) -> int:
        return 2 * self.line

    @classmethod
    def of(cls, name: str) -> Theirs:
        return cls(name)


class OurWord(lean.StrEnum):
    ONE = "one"
    NEXT_ONE = "next-one"


class TheirWord(enum.StrEnum):
    ONE = "one"
    NEXT_ONE = "next-one"


PLACES: list[Callable[[typing.Any], object]] = [
    lambda kind: tuple(kind("a", column=3)),
    lambda kind: kind("a", 2)._replace(line=5)[1],
    lambda kind: kind._make(["a", 2, 3]).column,
    lambda kind: kind("a")._asdict(),
    lambda kind: repr(kind("a")).replace(kind.__name__, ""),
    lambda kind: kind("a") == ("a", 1, None),
    lambda kind: hash(kind("a")),
    lambda kind: kind("a") < kind("b"),
    lambda kind: kind("a", 4).twice,
    lambda kind: kind.of("b").name,
    lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__, kind.__doc__),
    lambda kind: typing.get_type_hints(kind),
    lambda kind: pickle.loads(pickle.dumps(kind("a", 2))) == kind("a", 2),
    lambda kind: copy.deepcopy(kind("a", 2)) == kind("a", 2),
    lambda kind: hasattr(kind("a"), "__dict__"),
    lambda kind: kind.__module__,
]


@pytest.mark.parametrize("ask", PLACES)
def test_a_named_tuple_answers_as_that_of_typing(ask: Callable[[typing.Any], object]) -> None:
    assert ask(Ours) == ask(Theirs)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind("a", 1, 2, 3),
        lambda kind: kind("a", colour=1),
        lambda kind: kind("a", name="b"),
        lambda kind: kind("a")._replace(colour=1),
        lambda kind: kind._make(["a"]),
        lambda kind: setattr(kind("a"), "name", "b"),
        lambda kind: setattr(kind("a"), "colour", "b"),
    ],
)
def test_a_named_tuple_refuses_what_that_of_typing_refuses(wrong: Callable[[typing.Any], object]) -> None:
    said = []
    for kind in (Ours, Theirs):
        with pytest.raises((TypeError, ValueError, AttributeError)) as refusal:
            wrong(kind)
        said.append((refusal.type, str(refusal.value).replace(kind.__name__, "")))
    assert said[0] == said[1]


@pytest.mark.parametrize("number", range(17))
def test_a_named_tuple_of_any_size(number: int) -> None:
    fields = [f"field_{at}" for at in range(number)]
    kind: Any = type(lean.NamedTuple)
    made = kind("Made", (lean.NamedTuple,), {"__annotations__": dict.fromkeys(fields, int)})
    assert made(*range(number)) == made(**{name: at for at, name in enumerate(fields)}) == tuple(range(number))


WORDS: list[Callable[[typing.Any], object]] = [
    lambda kind: [str(word) for word in kind],
    lambda kind: kind("next-one") is kind.NEXT_ONE,
    lambda kind: kind["ONE"] is kind.ONE,
    lambda kind: kind(kind.ONE) is kind.ONE,
    lambda kind: (kind.ONE.name, kind.ONE.value, type(kind.ONE.value)),
    lambda kind: f"{kind.ONE} {kind.ONE!s} {kind.ONE:>5}",
    lambda kind: repr(kind.ONE).replace(kind.__name__, ""),
    lambda kind: kind.ONE == "one",
    lambda kind: len(kind),
    lambda kind: list(kind.__members__),
    lambda kind: isinstance(kind.ONE, kind),
    lambda kind: kind.ONE in kind,
    lambda kind: {kind.ONE: 1}[kind.ONE],
    lambda kind: pickle.loads(pickle.dumps(kind.ONE)) is kind.ONE,
    lambda kind: copy.deepcopy(kind.ONE) is kind.ONE,
    lambda kind: copy.copy(kind.ONE) is kind.ONE,
    lambda kind: kind.ONE.upper(),
]


@pytest.mark.parametrize("ask", WORDS)
def test_a_word_answers_as_that_of_enum(ask: Callable[[typing.Any], object]) -> None:
    assert ask(OurWord) == ask(TheirWord)


def test_no_other_word_is_taken() -> None:
    with pytest.raises(ValueError, match="'three' is not a valid"):
        OurWord("three")


def test_a_word_stays_what_it_is() -> None:
    with pytest.raises(AttributeError):
        OurWord.ONE = "two"  # type: ignore[misc]


def test_a_cache_asks_once() -> None:
    asked = []

    @lean.cache
    def double(number: int) -> int:
        """Twice as much."""
        asked.append(number)
        return 2 * number

    assert [double(1), double(1), double(2)] == [2, 2, 4]
    assert asked == [1, 2]
    assert (double.__name__, double.__doc__) == ("double", "Twice as much.")
    double.cache_clear()
    assert double(1) == 2
    assert asked == [1, 2, 1]


def test_a_cache_keeps_no_more_than_it_may() -> None:
    kept = lean.lru_cache(maxsize=2)(lambda number: [number])
    first = kept(1)
    assert kept(1) is first
    kept(2), kept(3)
    assert kept(1) is not first
    assert tuple(kept.cache_info()) == tuple(functools._CacheInfo(1, 4, 2, 2))


def test_a_cached_property_is_computed_once() -> None:
    class Thing:
        asked = 0

        @lean.cached_property
        def value(self) -> int:
            """So many."""
            self.asked += 1
            return 7

    thing = Thing()
    assert (thing.value, thing.value, thing.asked) == (7, 7, 1)
    assert Thing.value.__doc__ == "So many."


def test_the_programs_own_types_are_light() -> None:
    assert not issubclass(Stage, enum.Enum)
    assert Prediction.__bases__ != (tuple,)


def test_compiled_patterns_are_what_re_makes_of_them() -> None:
    import _sre

    given = [Pattern(r"(?i)a+(?P<name>\d)[^x-z]|ß"), Pattern(rb"(?<=[\r\n])\xef"), Pattern(r"(?a)\w*")]
    matcher, codes = compile_patterns()
    assert matcher == (_sre.MAGIC, _sre.CODESIZE)
    for pattern in given:
        flags, code, groups, by_name, names = codes[pattern.pattern]
        assert _sre.compile(pattern.pattern, flags, code, groups, by_name, names) == re.compile(pattern.pattern)
