"""A driver's parameters as each release's constructor reads them."""

from __future__ import annotations

import pytest

from registry_preflight.config.coerce import READERS
from registry_preflight.config.parameters import (
    Parameter,
    allowed_values,
    driver_keys,
    parameter_entries,
    releases_with_driver,
)
from registry_preflight.config.tables import VERSIONS, at, driver_names, load, spans

from .reading import read

#: What 3.x signs with as region, if it was given none.
NIL = "<nil>"
EVERY = ("registry-2.5", "registry-2.7", "registry-2.8", "registry-3.0", "registry-3.1")


def parameter(driver: str, name: str, value: str, target: str = "registry-2.8", beside: str = "") -> Parameter:
    return read(f"version: 0.1\nstorage: {{{driver}: {{{name}: {value}{beside}}}}}\n", target=target).parameter(name)


def taken(driver: str, name: str, value: str, target: str = "registry-2.8") -> object:
    """What the driver works with; `refused` where it says no."""
    made = parameter(driver, name, value, target)
    return "refused" if made.wanted else made.value


@pytest.mark.parametrize("word", ["true", "'true'", "'1'", "T", "TRUE", "yes", "on"])
def test_s3_takes_many_spellings_of_true(word: str) -> None:
    assert taken("s3", "encrypt", word) is True


@pytest.mark.parametrize("word", ["1", "'yes'", "''", "2", "[]", "{}", "1.0"])
def test_but_not_these(word: str) -> None:
    assert taken("s3", "encrypt", word) == "refused"


def test_null_is_the_default() -> None:
    assert taken("s3", "secure", "~") is True


@pytest.mark.parametrize(
    ("text", "number"),
    [("10485760", 10485760), ("'10485760'", 10485760), ("0xA00000", 10485760), ("'10_485_760'", 10485760)],
)
def test_s3_takes_whole_numbers_as_text(text: str, number: int) -> None:
    assert taken("s3", "chunksize", text) == number


@pytest.mark.parametrize("text", ["10MB", "1e7", "10485760.0", "true", "''", "5242879", "5368709121", "-1", "[]"])
def test_s3_refuses_other_chunks(text: str) -> None:
    assert taken("s3", "chunksize", text) == "refused"


def test_2_5_knows_no_upper_bound() -> None:
    assert taken("s3", "chunksize", "5368709121", "registry-2.5") == 5368709121


@pytest.mark.parametrize(("text", "number"), [("5", 25), ("'5'", 25), ("200", 200), ("25", 25)])
def test_few_threads_are_raised(text: str, number: int) -> None:
    assert taken("filesystem", "maxthreads", text) == number


@pytest.mark.parametrize(("target", "number"), [("registry-2.5", 100), ("registry-2.8", 25), ("registry-3.1", 25)])
def test_no_threads_are_the_default_of_2_5_and_the_least_of_later_ones(target: str, number: int) -> None:
    assert taken("filesystem", "maxthreads", "0", target) == number


def test_a_root_directory_without_value_is_called_nil() -> None:
    assert taken("filesystem", "rootdirectory", "~") == "<nil>"


def test_a_number_is_text_to_s3() -> None:
    assert taken("s3", "accesskey", "0123") == "83"


@pytest.mark.parametrize(("target", "value"), [("registry-2.5", "refused"), ("registry-3.1", "GLACIER_IR")])
def test_storage_classes_are_those_of_the_release(target: str, value: str) -> None:
    made = taken("s3", "storageclass", "GLACIER_IR", target)
    assert made == value


def test_storage_classes_fold_case() -> None:
    assert taken("s3", "storageclass", "standard") != "refused"


def test_access_lists_count_their_case() -> None:
    assert taken("s3", "objectacl", "Private") == "refused"


def test_a_region_must_be_known() -> None:
    assert taken("s3", "region", "eu-north-1") == "refused"


def test_unless_there_is_an_endpoint() -> None:
    assert not parameter("s3", "region", "eu-north-1", beside=", regionendpoint: http://h").wanted


def test_keys_of_swift_fold_case() -> None:
    assert read("version: 0.1\nstorage: {swift: {UserName: u}}\n").parameter("username").value == "u"


def test_keys_of_s3_do_not() -> None:
    assert not read("version: 0.1\nstorage: {s3: {Bucket: u}}\n").parameter("bucket").given


def test_text_is_text_to_swift() -> None:
    assert taken("swift", "password", "12345") == "refused"


@pytest.mark.parametrize(("text", "value"), [("a2V5", "a2V5"), ("a2V", "refused"), ("no key", "refused")])
def test_the_key_of_azure_is_base64(text: str, value: str) -> None:
    assert taken("azure", "accountkey", text) == value


@pytest.mark.parametrize("target", EVERY)
def test_what_is_missing_is_told(target: str) -> None:
    missing = read("version: 0.1\nstorage: {s3: {}}\n", target=target).parameters.missing()
    assert "bucket" in [parameter.name for parameter, _ in missing]


def test_an_unknown_driver_has_no_parameters() -> None:
    config = read("version: 0.1\nstorage: {floppy: {size: 1}}\n")
    assert (config.driver_known, list(config.parameters)) == (False, [])


def test_an_alias_has_the_parameters_of_its_driver() -> None:
    config = read("version: 0.1\nstorage: {s3aws: {bucket: b}}\n")
    assert (config.family, config.parameter("bucket").path) == ("s3", "storage.s3aws.bucket")


def test_a_driver_that_a_release_lacks_is_not_known() -> None:
    assert not read("version: 0.1\nstorage: {swift: {}}\n", target="registry-3.1").driver_known


def test_the_releases_of_a_driver_are_told() -> None:
    assert releases_with_driver("s3goamz") == ("registry-2.5",)


def test_a_parameter_that_no_table_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        read("version: 0.1\nstorage: {s3: {}}\n").parameter("nothing")


class TestTables:
    """Each table by itself: whatever a driver's author writes must mean something to the reader."""

    @pytest.mark.parametrize("driver", driver_names())
    def test_every_kind_has_a_reader(self, driver: str) -> None:
        kinds = {
            str(at(entry.get("type", "text"), version))
            for entry in parameter_entries(load(f"drivers/{driver}")).values()
            for version in VERSIONS
            if spans(entry, version)
        }
        assert kinds <= set(READERS)

    @pytest.mark.parametrize("driver", driver_names())
    @pytest.mark.parametrize("target", EVERY)
    def test_every_default_is_one_that_the_driver_takes(self, driver: str, target: str) -> None:
        config = read(f"version: 0.1\nstorage: {{{driver}: {{}}}}\n", target=target)
        refused = [
            one.name
            for one in config.parameters
            if (allowed := allowed_values(one.entry, config.release.version))
            and one.value not in (None, "", NIL, *allowed)
        ]
        assert refused == []

    @pytest.mark.parametrize("driver", driver_names())
    def test_every_parameter_has_a_sentence(self, driver: str) -> None:
        entries = parameter_entries(load(f"drivers/{driver}"))
        assert [name for name, entry in entries.items() if not str(entry.get("doc", "")).endswith(".")] == []

    def test_no_two_drivers_share_a_key(self) -> None:
        keys = [key for driver in driver_names() for key in driver_keys(load(f"drivers/{driver}"))]
        assert len(keys) == len(set(keys))
