"""What a plain word means to the YAML library of each release: 2.5 has an old one, 2.7 and 2.8 a later, 3.x the last."""

from __future__ import annotations

import math

import pytest

from registry_preflight.config.scalars import TagMismatch, resolve

from .reading import HEAD, fields, problem, read

EVERY = ("registry-2.5", "registry-2.7", "registry-2.8", "registry-3.1")


@pytest.mark.parametrize("target", EVERY)
class TestEveryRelease:
    @pytest.mark.parametrize("word", ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"])
    def test_words_of_consent_are_true(self, word: str, target: str) -> None:
        assert fields(word, target) is True

    @pytest.mark.parametrize("word", ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"])
    def test_words_of_refusal_are_false(self, word: str, target: str) -> None:
        assert fields(word, target) is False

    @pytest.mark.parametrize("word", ["yEs", "tRUE", "oN", "YEs", "t", "f", "enabled"])
    def test_other_spellings_are_text(self, word: str, target: str) -> None:
        assert fields(word, target) == word

    @pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL", "!!null ''"])
    def test_null_is_null(self, word: str, target: str) -> None:
        assert fields(word, target) is None

    @pytest.mark.parametrize("word", ["nULL", "nil", "None", "none", "~~"])
    def test_what_looks_like_null_is_text(self, word: str, target: str) -> None:
        assert fields(word, target) == word

    @pytest.mark.parametrize(
        ("word", "number"),
        [
            ("0", 0), ("-0", 0), ("+7", 7), ("007", 7), ("010", 8), ("0o17", 15), ("0x1F", 31), ("-0x1F", -31), ("0b101", 5),
            ("-0b101", -5), ("1_000", 1000), ("_1", "_1"), ("1_", 1), ("08", 8.0), ("9223372036854775807", 2**63 - 1),
            ("9223372036854775808", 2**63), ("18446744073709551615", 2**64 - 1), ("18446744073709551616", 2.0**64),
        ],
    )  # fmt: skip
    def test_whole_numbers_are_read_in_every_base(self, word: str, number: object, target: str) -> None:
        assert fields(word, target) == number

    @pytest.mark.parametrize(("word", "number"), [("0.5", 0.5), (".5", 0.5), ("1.0e+3", 1000.0), ("-1.5", -1.5)])
    def test_fractions_are_numbers(self, word: str, number: float, target: str) -> None:
        assert fields(word, target) == number

    @pytest.mark.parametrize(("word", "number"), [(".inf", math.inf), ("-.Inf", -math.inf), ("+.INF", math.inf)])
    def test_infinity_is_a_number(self, word: str, number: float, target: str) -> None:
        assert fields(word, target) == number

    def test_a_number_that_is_none_is_a_number(self, target: str) -> None:
        number = fields(".NaN", target)
        assert isinstance(number, float) and math.isnan(number)

    @pytest.mark.parametrize(
        "word", ["10GiB", "10m", "1.2.3", "12:30", "2001-01-01", "0x", "0xg", "1,000", "--1", "+", "-"]
    )
    def test_what_only_begins_like_a_number_is_text(self, word: str, target: str) -> None:
        assert fields(f"'{word}'" if word in ("-",) else word, target) == word

    @pytest.mark.parametrize("text", ['"yes"', "'yes'", '"1"', "'0x1F'", '"~"', "''", "'null'"])
    def test_quotes_make_text_of_anything(self, text: str, target: str) -> None:
        assert fields(text, target) == text[1:-1]

    def test_double_quotes_know_escapes(self, target: str) -> None:
        assert fields(r'"a\tb\x41\u00e9"', target) == "a\tbAé"

    def test_single_quotes_know_none(self, target: str) -> None:
        assert fields(r"'a\tb''c'", target) == r"a\tb'c"

    @pytest.mark.parametrize("text", ["!!str 5", "!!str yes", "! 5"])
    def test_a_tag_makes_text(self, text: str, target: str) -> None:
        assert fields(text, target) == text.split()[-1]

    def test_a_whole_number_may_be_tagged_a_fraction(self, target: str) -> None:
        assert isinstance(fields("!!float 5", target), float)

    @pytest.mark.parametrize("text", ["!!int yes", "!!bool 5", "!!int 1.5", "!!null x", "!!int ''"])
    def test_a_tag_that_does_not_fit_is_refused(self, text: str, target: str) -> None:
        assert problem(f"{HEAD}log: {{fields: {{a: {text}}}}}", target=target).kind == "yaml"

    def test_a_quoted_number_may_be_tagged_one(self, target: str) -> None:
        assert fields("!!int '5'", target) == 5

    def test_binary_is_decoded(self, target: str) -> None:
        assert fields("!!binary aGk=", target) == "hi"

    @pytest.mark.parametrize("text", ["aGk", "a", "aGk==", "a-_b", "aGkx="])
    def test_binary_that_is_none_is_refused(self, text: str, target: str) -> None:
        assert "base64" in problem(f"{HEAD}log: {{fields: {{a: !!binary {text}}}}}", target=target).what

    def test_a_block_keeps_its_line_ends(self, target: str) -> None:
        assert fields("|\n      a\n      b", target) == "a\nb\n"

    def test_a_folded_block_joins_its_lines(self, target: str) -> None:
        assert fields(">-\n      a\n      b", target) == "a b"

    def test_thousands_of_digits_are_no_number_that_fits(self, target: str) -> None:
        assert isinstance(fields("9" * 5000, target), str)


class TestDialects:
    @pytest.mark.parametrize(
        ("word", "old", "middle", "new"),
        [
            ("1e3", 1000.0, "1e3", 1000.0),
            ("1.5e3", 1500.0, "1.5e3", 1500.0),
            ("1.", 1.0, "1.", 1.0),
            ("1e+3", 1000.0, 1000.0, 1000.0),
            ("0x1p4", 16.0, "0x1p4", "0x1p4"),
        ],
    )
    def test_fractions_with_an_exponent(self, word: str, old: object, middle: object, new: object) -> None:
        targets = ("registry-2.5", "registry-2.7", "registry-2.8-debian")
        assert tuple(fields(word, target) for target in targets) == (old, middle, new)

    def test_2_8_reads_numbers_as_2_7_does(self) -> None:
        assert fields("1e3", "registry-2.8") == "1e3"

    def test_the_old_library_takes_an_empty_quoted_text_for_null_where_a_type_reads_itself(self) -> None:
        text = "version: 0.1\nstorage: {inmemory: {}}\nauth: ''\n"
        assert read(text, target="registry-2.5").get("auth") is None
        assert read(text, target="registry-3.1").get("auth") == {"": {}}

    def test_a_tagged_date_must_be_one(self) -> None:
        assert resolve("tag:yaml.org,2002:timestamp", "2001-01-01", "2.4")[1] == "2001-01-01"
        with pytest.raises(TagMismatch):
            resolve("tag:yaml.org,2002:timestamp", "yesterday", "2.4")
