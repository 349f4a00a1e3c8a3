"""Words that were probably meant."""

from __future__ import annotations

import pytest

from registry_preflight.words import distance, nearest

KEYS = ("accesskey", "secretkey", "region", "regionendpoint", "bucket", "secure")


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("", "", 0),
        ("a", "a", 0),
        ("a", "", 1),
        ("", "ab", 2),
        ("ab", "ba", 1),
        ("region", "regoin", 1),
        ("kitten", "sitting", 3),
    ],
)
def test_the_distance_counts_slips_of_the_finger(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("regoin", "region"), ("access_key", "accesskey"), ("Access-Key", "accesskey"), ("SECRETKEY", "secretkey"), ("bukcet", "bucket"),
        ("region", "region"), ("secur", "secure"), ("seccure", "secure"),
    ],
)  # fmt: skip
def test_a_near_word_is_what_was_meant(word: str, meant: str) -> None:
    assert nearest(word, KEYS) == meant


@pytest.mark.parametrize("word", ["", "encrypt", "b", "rootdirectory", "x" * 100_000])
def test_a_far_word_means_nothing(word: str) -> None:
    assert nearest(word, KEYS) == ""


def test_a_short_word_allows_one_slip_only() -> None:
    assert nearest("abxy", ["abcd"]) == ""


def test_of_two_that_are_as_near_the_first_in_order_is_meant() -> None:
    assert nearest("cat", ["cut", "bat"]) == "bat"


def test_nothing_is_near_to_nothing() -> None:
    assert nearest("region", []) == ""
