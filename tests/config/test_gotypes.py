"""Decoding into Go's types: what fits where, null, duplicates, merge keys and their order."""

from __future__ import annotations

import pytest

from .reading import HEAD, problem, read

EVERY = ("registry-2.5", "registry-2.7", "registry-2.8", "registry-3.1")


def get(lines: str, path: str, target: str = "registry-2.8") -> object:
    config = read(HEAD + lines, target=target)
    assert not config.problems, config.problems
    return config.get(path)


class TestWhatFits:
    @pytest.mark.parametrize("text", ["5", "yes", "0.5", "2001-01-01"])
    def test_a_text_field_takes_any_scalar_as_it_is_written(self, text: str) -> None:
        assert get(f"http: {{host: {text}}}\n", "http.host") == text

    @pytest.mark.parametrize("text", ["[a]", "{a: b}"])
    def test_a_text_field_takes_neither_list_nor_map(self, text: str) -> None:
        assert problem(f"{HEAD}http: {{host: {text}}}\n").kind == "type"

    @pytest.mark.parametrize("text", ["'true'", "1", "t", "[]"])
    def test_a_boolean_field_takes_nothing_but_booleans(self, text: str) -> None:
        assert problem(f"{HEAD}http: {{relativeurls: {text}}}\n").kind == "type"

    def test_a_boolean_field_takes_every_spelling(self) -> None:
        assert get("http: {relativeurls: On}\n", "http.relativeurls") is True

    @pytest.mark.parametrize(("text", "number"), [("5", 5), ("0x10", 16), ("5.0", 5), ("5.9", 5), ("-1", -1)])
    def test_a_whole_number_field_cuts_fractions_off(self, text: str, number: int) -> None:
        assert get(f"redis: {{db: {text}}}\n", "redis.db") == number

    @pytest.mark.parametrize("text", ["'5'", "yes", "9223372036854775808", "10s"])
    def test_a_whole_number_field_refuses_the_rest(self, text: str) -> None:
        assert problem(f"{HEAD}redis: {{db: {text}}}\n").kind == "type"

    @pytest.mark.parametrize(("text", "number"), [("10s", 10**10), ("'10s'", 10**10), ("10", 10), ("1.9", 1), ("0", 0)])
    def test_a_duration_without_unit_counts_nanoseconds(self, text: str, number: int) -> None:
        assert get(f"health: {{storagedriver: {{interval: {text}}}}}\n", "health.storagedriver.interval") == number

    @pytest.mark.parametrize("text", ["7d", "'10'", "true", "10 s"])
    def test_a_duration_needs_a_unit_that_go_knows(self, text: str) -> None:
        assert problem(f"{HEAD}health: {{storagedriver: {{interval: {text}}}}}\n").kind == "type"

    def test_a_word_where_a_map_belongs_is_refused(self) -> None:
        found = problem(f"{HEAD}http: localhost:5000\n")
        assert (found.kind, found.where.line, found.where.column) == ("type", 3, 7)

    def test_a_word_where_a_list_belongs_is_refused(self) -> None:
        assert problem(f"{HEAD}http: {{tls: {{clientcas: a}}}}\n").kind == "type"

    def test_every_value_that_does_not_fit_is_told(self) -> None:
        assert len(read(f"{HEAD}http: {{host: [], relativeurls: 5}}\nredis: {{db: x}}\n").problems) == 3

    def test_a_log_level_is_one_in_any_case(self) -> None:
        assert get("log: {level: WARN}\n", "log.level") == "warn"

    def test_any_other_log_level_is_refused(self) -> None:
        assert "log level" in problem(f"{HEAD}log: {{level: verbose}}\n").what

    @pytest.mark.parametrize("target", EVERY)
    def test_headers_are_lists_of_text(self, target: str) -> None:
        assert problem(f"{HEAD}http: {{headers: {{X-Frame: deny}}}}\n", target=target).kind == "type"

    def test_an_unknown_key_is_passed_over(self) -> None:
        assert [unknown.path for unknown in read(f"{HEAD}htpp: {{addr: x}}\n").unknown_keys()] == ["htpp"]

    def test_keys_count_their_case(self) -> None:
        assert [unknown.key for unknown in read(f"{HEAD}HTTP: {{addr: x}}\n").unknown_keys()] == ["HTTP"]


class TestVersion:
    @pytest.mark.parametrize("text", ["0.1", "'0.1'", '"0.1"', "!!str 0.1"])
    def test_the_only_version(self, text: str) -> None:
        assert not read(f"version: {text}\nstorage: inmemory\n").problems

    @pytest.mark.parametrize("text", ["0.10", "0.2", "00.1", "''", "1", "v0.1", "[]"])
    def test_no_other_is_taken(self, text: str) -> None:
        assert problem(f"version: {text}\nstorage: inmemory\n").kind in ("version", "type")

    @pytest.mark.parametrize(
        ("target", "panics"), [("registry-2.5", True), ("registry-2.8", True), ("registry-3.1", False)]
    )
    def test_a_version_without_a_dot_makes_2_x_panic(self, target: str, panics: bool) -> None:
        assert ("panics" in problem("version: 1\nstorage: inmemory\n", target=target).why) is panics

    def test_a_whole_config_needs_one(self) -> None:
        assert problem("http: {}\nstorage: inmemory\n").kind == "version"


class TestNull:
    @pytest.mark.parametrize("text", ["", "~", "null"])
    def test_null_leaves_a_field_at_zero(self, text: str) -> None:
        assert read(f"{HEAD}http:\n  relativeurls: {text}\n").section("http")["relativeurls"] is False

    def test_a_key_with_null_is_there(self) -> None:
        assert read(f"{HEAD}http:\n  host:\n").has("http.host")

    def test_a_key_that_nobody_gave_is_not(self) -> None:
        assert not read(f"{HEAD}http:\n  host:\n").has("http.addr")

    def test_a_driver_with_null_is_a_driver(self) -> None:
        assert read("version: 0.1\nstorage:\n  filesystem:\n").driver == "filesystem"


class TestStorage:
    def test_a_word_is_a_driver_without_parameters(self) -> None:
        assert read("version: 0.1\nstorage: inmemory\n").driver == "inmemory"

    @pytest.mark.parametrize("text", ["5", "true", "3.5"])
    def test_so_is_any_scalar(self, text: str) -> None:
        assert read(f"version: 0.1\nstorage: {text}\n").driver == text

    def test_a_list_is_none(self) -> None:
        assert problem("version: 0.1\nstorage: [inmemory]\n").kind == "type"

    def test_two_drivers_are_refused(self) -> None:
        assert problem("version: 0.1\nstorage: {inmemory: {}, s3: {}}\n").kind == "driver"

    @pytest.mark.parametrize("key", ["cache", "delete", "maintenance", "redirect"])
    def test_what_may_stand_beside_the_driver(self, key: str) -> None:
        assert read(f"version: 0.1\nstorage: {{inmemory: {{}}, {key}: {{}}}}\n").driver == "inmemory"

    @pytest.mark.parametrize(("target", "refused"), [("registry-2.8", True), ("registry-3.0", False)])
    def test_tag_is_a_driver_before_3_0(self, target: str, refused: bool) -> None:
        assert bool(read("version: 0.1\nstorage: {inmemory: {}, tag: {}}\n", target=target).problems) is refused

    @pytest.mark.parametrize("text", ["", "{}", "~", "{delete: {enabled: true}}"])
    def test_without_a_driver_there_is_no_registry(self, text: str) -> None:
        assert problem(f"version: 0.1\nstorage: {text}\n").kind == "driver"

    def test_a_scalar_beside_the_driver_is_refused(self) -> None:
        assert problem("version: 0.1\nstorage: {inmemory: {}, delete: true}\n").kind == "type"

    def test_a_number_as_a_parameters_name_is_its_text(self) -> None:
        assert read("version: 0.1\nstorage: {s3: {1: x}}\n").get("storage.s3.1") == "x"

    def test_keys_of_a_map_in_a_map_may_be_no_text(self) -> None:
        inner = read("version: 0.1\nstorage: {s3: {a: {true: x, 1.0: y, ~: z}}}\n").section("storage.s3.a")
        assert list(inner) == ["\x00true", "\x001", "\x00<nil>"]


class TestDuplicates:
    def test_the_last_one_wins(self) -> None:
        assert get("http: {host: a, host: b}\n", "http.host") == "b"

    def test_in_a_struct_both_maps_count(self) -> None:
        lines = "http: {host: a, addr: x}\nhttp: {host: b}\n"
        assert (get(lines, "http.host"), get(lines, "http.addr")) == ("b", "x")

    def test_in_a_map_the_last_map_replaces_the_first(self) -> None:
        config = read("version: 0.1\nstorage: {s3: {region: a, bucket: x}, s3: {region: b}}\n")
        assert dict(config.section("storage.s3")) == {"region": "b"}

    def test_of_two_storage_sections_the_last_counts(self) -> None:
        assert read("version: 0.1\nstorage: {s3: {}}\nstorage: {inmemory: {}}\n").driver == "inmemory"

    def test_null_undoes_a_struct_that_came_before(self) -> None:
        assert read(f"{HEAD}http: {{host: a}}\nhttp:\n").get("http.host") == ""

    def test_they_are_told_with_both_places(self) -> None:
        ((path, duplicate),) = read(f"{HEAD}http: {{host: a}}\nhttp: {{host: b}}\n").duplicates
        assert (path, duplicate.first.line, duplicate.last.line) == ("http", 3, 4)

    def test_the_same_key_in_two_maps_is_none(self) -> None:
        assert not read(f"{HEAD}http: {{debug: {{addr: x}}, addr: y}}\n").duplicates


class TestMergeKeys:
    BASE = f"{HEAD}x: &a {{level: info, formatter: json}}\ny: &b {{level: warn}}\n"

    def level(self, lines: str) -> object:
        return read(self.BASE + lines).get("log.level")

    def test_a_key_after_the_merge_wins(self) -> None:
        assert self.level("log: {<<: *a, level: error}\n") == "error"

    def test_a_key_before_the_merge_loses(self) -> None:
        assert self.level("log: {level: error, <<: *a}\n") == "info"

    def test_of_several_maps_the_first_wins(self) -> None:
        assert self.level("log: {<<: [*a, *b]}\n") == "info"

    def test_what_only_one_has_comes_along(self) -> None:
        assert read(f"{self.BASE}log: {{<<: [*b, *a]}}\n").get("log.formatter") == "json"

    def test_a_map_in_place_may_be_merged(self) -> None:
        assert self.level("log: {<<: {level: debug}}\n") == "debug"

    @pytest.mark.parametrize("value", ["text", "5", "[*a, text]", "~"])
    def test_nothing_but_maps_may_be_merged(self, value: str) -> None:
        assert "merge" in problem(f"{self.BASE}log: {{<<: {value}}}\n").what

    def test_in_quotes_it_is_a_key_like_any_other(self) -> None:
        assert self.level("log: {'<<': *a, level: error}\n") == "error"

    def test_it_works_in_the_drivers_section(self) -> None:
        text = "version: 0.1\nx: &a {region: us-east-1}\nstorage: {s3: {<<: *a, bucket: b}}\n"
        assert dict(read(text).section("storage.s3")) == {"region": "us-east-1", "bucket": "b"}

    def test_it_works_at_the_top(self) -> None:
        assert read(f"{HEAD}x: &a {{log: {{level: debug}}}}\n<<: *a\n").get("log.level") == "debug"
