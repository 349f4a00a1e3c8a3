"""Facts by release: which entry counts, which releases an entry takes in, which names a target has."""

from __future__ import annotations

import pytest

from registry_preflight.config.tables import VERSIONS, at, listing, load, release, releases_where, spans, targets


@pytest.mark.parametrize(("version", "value"), [("2.5", 1), ("2.7", 1), ("2.8", 2), ("3.0", 2), ("3.1", 3)])
def test_of_a_table_by_release_the_latest_up_to_then_counts(version: str, value: int) -> None:
    assert at({"2.5": 1, "2.8": 2, "3.1": 3}, version) == value


def test_before_its_first_entry_a_table_says_nothing() -> None:
    assert at({"3.0": 1}, "2.8") is None


def test_a_plain_value_holds_for_every_release() -> None:
    assert at("x", "2.5") == "x"


@pytest.mark.parametrize(
    ("entry", "taken"),
    [
        ({}, VERSIONS),
        ({"since": "2.8"}, ("2.8", "3.0", "3.1")),
        ({"until": "2.7"}, ("2.5", "2.7")),
        ({"since": "2.7", "until": "2.8"}, ("2.7", "2.8")),
        ({"until": "none"}, ()),
    ],
)
def test_since_and_until_are_both_included(entry: dict[str, object], taken: tuple[str, ...]) -> None:
    assert tuple(version for version in VERSIONS if spans(entry, version)) == taken


def test_releases_have_the_names_that_for_takes() -> None:
    assert releases_where({"until": "2.5"}) == ("registry-2.5",)


@pytest.mark.parametrize(
    ("alias", "name"), [("dtr", "registry-2.5"), ("registry-3", "registry-3.1"), ("default", "registry-2.8")]
)
def test_a_target_may_have_another_name(alias: str, name: str) -> None:
    assert release(alias).name == name


def test_every_target_can_be_read() -> None:
    assert {release(target).version for target in targets()} == set(VERSIONS)


@pytest.mark.parametrize("target", ["", "registry-9", "3", "2.8", "REGISTRY-2.8"])
def test_an_unknown_target_is_an_error(target: str) -> None:
    with pytest.raises(KeyError):
        release(target)


def test_releases_compare() -> None:
    made = release("registry-2.8")
    assert made.before("3.0") and made.at_least("2.8") and not made.before("2.8")


@pytest.mark.parametrize(("version", "count"), [("2.5", 12), ("2.8", 18), ("3.1", 37)])
def test_each_release_knows_its_regions(version: str, count: int) -> None:
    assert len(listing("aws-regions", version)) == count


def test_a_table_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        load("drivers/floppy")


@pytest.mark.parametrize("name", ["sections", "options"])
def test_since_and_until_name_releases_that_there_are(name: str) -> None:
    strange = [
        path
        for path, entry in load(name).items()
        if isinstance(entry, dict) and not {entry.get("since", "2.5"), entry.get("until", "2.5")} <= {*VERSIONS, "none"}
    ]
    assert strange == []
