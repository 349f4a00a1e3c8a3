"""Go's readers and printer. The expected values are what Go 1.19 answers."""

from __future__ import annotations

import math

import pytest

from registry_preflight.config.gotext import (
    decode_base64,
    parse_bool,
    parse_duration,
    parse_float,
    parse_int,
    printed,
    scan_int,
)

HOUR = 3600 * 10**9


@pytest.mark.parametrize(("text", "value"), [("1", True), ("t", True), ("TRUE", True), ("0", False), ("False", False)])
def test_words_that_are_booleans(text: str, value: bool) -> None:
    assert parse_bool(text) is value


@pytest.mark.parametrize("text", ["yes", "on", "", "tRUE", " true", "2"])
def test_words_that_are_no_booleans(text: str) -> None:
    assert parse_bool(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", 10), ("+10", 10), ("-10", -10), ("010", 8), ("0o10", 8), ("0b10", 2), ("0X1f", 31), ("1_000", 1000), ("0_17", 15),
        ("0x_1f", 31), ("-9223372036854775808", -(2**63)), ("9223372036854775807", 2**63 - 1), ("0" * 9000 + "7", 7),
    ],
)  # fmt: skip
def test_whole_numbers(text: str, value: int) -> None:
    assert parse_int(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "+", "08", "1__0", "_1", "1_", "0x", "0x_", " 1", "1 ", "1.0", "9223372036854775808", "１", "9" * 5000, "0b2"],
)
def test_texts_that_are_no_whole_numbers(text: str) -> None:
    assert parse_int(text) is None


def test_a_base_that_is_given_knows_no_prefix() -> None:
    assert parse_int("0x10", 10) is None


def test_a_base_that_is_given_knows_no_separators() -> None:
    assert parse_int("1_000", 10) is None


def test_an_unsigned_number_takes_no_sign() -> None:
    assert parse_int("+1", unsigned=True) is None


def test_an_unsigned_number_may_be_larger() -> None:
    assert parse_int("18446744073709551615", unsigned=True) == 2**64 - 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e-7", 1e-7),
        (".1_000", 0.1),
        ("Inf", math.inf),
        ("-infinity", -math.inf),
    ],
)
def test_fractions(text: str, value: float) -> None:
    assert parse_float(text) == value


@pytest.mark.parametrize("text", ["", ".", "e1", "1e", "1e400", "0x10", "1__0", "９"])
def test_texts_that_are_no_fractions(text: str) -> None:
    assert parse_float(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("12abc", 12), ("  7", 7), ("-3.9", -3), ("1_0", 1), ("010", 10), ("0x10", 0), ("+5", 5)]
)
def test_a_scanned_number_ends_where_the_digits_end(text: str, value: int) -> None:
    assert scan_int(text) == value


@pytest.mark.parametrize("text", ["", "abc", "- 3", "9223372036854775808", "<nil>"])
def test_nothing_to_scan(text: str) -> None:
    assert scan_int(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("10s", 10**10), ("1.5h", HOUR * 3 // 2), ("1h30m", HOUR * 3 // 2), ("-1h", -HOUR), ("+1ns", 1), ("1us", 1000),
        ("1µs", 1000), ("1μs", 1000), (".5s", 5 * 10**8), ("1.s", 10**9), ("2562047h47m16.854775807s", 2**63 - 1),
    ],
)  # fmt: skip
def test_durations(text: str, value: int) -> None:
    assert parse_duration(text) == value


@pytest.mark.parametrize(
    "text", ["", "10", "7d", "1w", "s", ".s", "1 s", "1h ", "2562047h47m17s", "1S", "--1s", "9" * 5000 + "h"]
)
def test_texts_that_are_no_durations(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize(("text", "value"), [("aGk=", b"hi"), ("aG\nk=\r", b"hi"), ("", b""), ("/+8=", b"\xff\xef")])
def test_base64(text: str, value: bytes) -> None:
    assert decode_base64(text) == value


@pytest.mark.parametrize("text", ["aGk", "aGk==", "aGkx=", "a b=", "_-8=", "aGk=aGk="])
def test_what_is_no_base64(text: str) -> None:
    assert decode_base64(text) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "<nil>"), (True, "true"), (0, "0"), (-5, "-5"), ("a", "a"), (1.0, "1"), (0.5, "0.5"), (1e6, "1e+06"),
        (123456.0, "123456"), (1234567.0, "1.234567e+06"), (1e21, "1e+21"), (0.0001, "0.0001"), (0.00001, "1e-05"), (-0.0, "-0"),
        (math.inf, "+Inf"), (-math.inf, "-Inf"), (math.nan, "NaN"), ({}, "map[]"), ([], "[]"), ([1, "a", None], "[1 a <nil>]"),
        ({"b": 1, "a": [True]}, "map[a:[true] b:1]"),
    ],
)  # fmt: skip
def test_values_are_printed_as_go_prints_them(value: object, text: str) -> None:
    assert printed(value) == text
