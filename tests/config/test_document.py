"""YAML text to nodes: encodings, documents, directives, places, and bounds on size, depth and aliases."""

from __future__ import annotations

import time

import pytest

from registry_preflight import load_config
from registry_preflight.config.document import MAX_BYTES, MAX_DEPTH, Node, parse
from registry_preflight.config.problem import ConfigError

from .reading import HEAD, fields, problem, read

#: Seconds of the processor that the worst file may take to be read; it takes a fraction of that.
PATIENCE = 1.0


def parsed(text: str | bytes) -> Node:
    root = parse(text.encode() if isinstance(text, str) else text)
    assert root is not None
    return root


def keys(root: Node) -> list[str]:
    return [key.value for key in root.children[::2]]


def multiplied(levels: int, width: int = 10) -> str:
    """Lines of YAML in which each level stands `width` times in the next."""
    last = "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
    lines = [f"a0: &a0 {last}"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]" for level in range(1, levels)]
    return "".join(f"    {line}\n" for line in lines)


class TestEncodings:
    def test_a_byte_order_mark_at_the_beginning_is_passed_over(self) -> None:
        assert keys(parsed("\ufeffa: 1")) == ["a"]

    def test_a_byte_order_mark_at_the_beginning_of_a_later_line_is_a_letter(self) -> None:
        assert keys(parsed("a: 1\n\ufeffb: 2\n")) == ["a", "\ufeffb"]

    def test_a_byte_order_mark_within_a_line_is_a_letter(self) -> None:
        assert parsed("a: b\ufeffc").children[1].value == "b\ufeffc"

    def test_two_byte_order_marks_are_refused(self) -> None:
        with pytest.raises(ConfigError, match="two byte order marks"):
            parse("\ufeff\ufeffa: 1\nb: 2\n".encode())

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf_16_is_read(self, encoding: str) -> None:
        assert read(("\ufeff" + HEAD).encode(encoding)).driver == "inmemory"

    def test_utf_16_without_a_mark_is_refused(self) -> None:
        assert problem(HEAD.encode("utf-16-le")).kind == "yaml"

    def test_bytes_that_are_no_utf_8_are_refused_in_their_line(self) -> None:
        found = problem(HEAD.encode() + b"log: {level: \xff}\n")
        assert (found.kind, found.where.line, found.where.column) == ("yaml", 3, 14)

    @pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f"])
    def test_control_characters_are_refused(self, character: str) -> None:
        assert problem(f"{HEAD}log: a{character}b\n").kind == "yaml"

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
    def test_every_line_ending_ends_a_line(self, end: str) -> None:
        assert keys(parsed(f"a: 1{end}b: 2{end}")) == ["a", "b"]


class TestDocuments:
    @pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\ufeff"])
    def test_nothing_is_no_document(self, text: str) -> None:
        assert parse(text.encode()) is None

    def test_only_the_first_document_counts(self) -> None:
        assert keys(parsed("a: 1\n---\nb: 2\n")) == ["a"]

    def test_an_error_past_the_first_document_goes_unnoticed(self) -> None:
        assert keys(parsed("a: 1\n---\nb: [\n")) == ["a"]

    def test_what_follows_three_dots_goes_unnoticed(self) -> None:
        assert keys(parsed("a: 1\n...\nb: [\n")) == ["a"]

    def test_a_first_document_without_content_is_null(self) -> None:
        assert parsed("---\n---\na: 1\n").value == ""

    def test_a_directive_for_version_1_1_is_taken(self) -> None:
        assert keys(parsed("%YAML 1.1\n---\na: 1\n")) == ["a"]

    def test_a_directive_for_version_1_2_is_refused(self) -> None:
        assert "%YAML" in problem(f"%YAML 1.2\n---\n{HEAD}").what

    def test_a_tag_directive_is_taken(self) -> None:
        assert keys(parsed("%TAG !e! tag:example.org,2000:\n---\na: 1\n")) == ["a"]

    def test_a_tab_as_indentation_is_refused(self) -> None:
        found = problem("version: 0.1\nstorage:\n\tinmemory:\n")
        assert (found.kind, found.where.line) == ("yaml", 3)

    def test_a_tab_before_a_comment_is_taken(self) -> None:
        assert fields("x\t# why") == "x"

    def test_a_value_that_begins_with_an_at_sign_is_refused(self) -> None:
        assert "quotes" in problem(f"{HEAD}log: {{level: @info}}").fix

    def test_an_alias_without_anchor_is_refused(self) -> None:
        assert "no anchor" in problem(f"{HEAD}log: *nowhere\n").what

    def test_an_anchor_may_be_given_anew(self) -> None:
        config = read(f"{HEAD}log: {{fields: {{a: &x 1, b: &x 2, c: *x}}}}")
        assert config.get("log.fields.c") == 2


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "path", "place"),
        [
            ("version: 0.1\nstorage:\n  s3:\n    region: x\n", "storage.s3.region", (4, 13)),
            ("version: 0.1\r\nstorage:\r\n  s3:\r\n    region: x\r\n", "storage.s3.region", (4, 13)),
            ("version: 0.1\nstorage: {s3: {region: x}}\n", "storage.s3.region", (2, 24)),
            ("version: 0.1\nstorage: {s3: {bucket: größe, region: x}}\n", "storage.s3.region", (2, 39)),
            ("version: 0.1\nstorage: {s3: {bucket: 日本, region: x}}\n", "storage.s3.region", (2, 36)),
            ("version: 0.1\nstorage: {s3: {bucket: \U0001f600, region: x}}\n", "storage.s3.region", (2, 35)),
            ("version: 0.1\nstorage: {s3: {region: &r x}}\n", "storage.s3.region", (2, 24)),
            ("version: 0.1\nstorage: {s3: {region: !!str x}}\n", "storage.s3.region", (2, 24)),
        ],
    )
    def test_a_value_is_found_by_line_and_column(self, text: str, path: str, place: tuple[int, int]) -> None:
        where = read(text).where(path)
        assert (where.line, where.column) == place

    def test_a_key_has_a_place_of_its_own(self) -> None:
        where = read("version: 0.1\nstorage:\n  s3:\n    region: x\n").where("storage.s3.region", key=True)
        assert (where.line, where.column) == (4, 5)

    def test_an_element_of_a_list_has_a_place(self) -> None:
        text = f"{HEAD}notifications:\n  endpoints:\n  - name: a\n  - name: b\n    url: c\n"
        where = read(text).where("notifications.endpoints[1].url")
        assert (where.line, where.column) == (7, 10)

    def test_what_is_not_there_is_placed_at_what_would_hold_it(self) -> None:
        where = read("version: 0.1\nstorage:\n  s3:\n    region: x\n").where("storage.s3.bucket")
        assert (where.path, where.line, where.column) == ("storage.s3.bucket", 3, 3)

    def test_a_value_by_alias_is_placed_where_the_alias_stands(self) -> None:
        where = read(f"{HEAD}x: &x {{level: info}}\nlog: *x\n").where("log")
        assert (where.line, where.column) == (4, 6)

    def test_the_line_is_shown_as_it_stands(self) -> None:
        assert read("version: 0.1\nstorage:\n  s3:\n    region: x # why\n").where("storage.s3.region").excerpt == (
            "    region: x # why"
        )


class TestBounds:
    def test_a_mebibyte_is_read(self) -> None:
        text = HEAD.encode()
        assert read(text + b"#" * (MAX_BYTES - len(text))).driver == "inmemory"

    def test_a_byte_more_is_refused(self) -> None:
        assert problem(b"#" * (MAX_BYTES + 1)).kind == "limit"

    def test_a_hundred_levels_are_read(self) -> None:
        assert parsed("[" * MAX_DEPTH + "]" * MAX_DEPTH).kind == "sequence"

    def test_a_level_more_is_refused(self) -> None:
        with pytest.raises(ConfigError, match="deeper"):
            parse(("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).encode())

    @pytest.mark.parametrize("text", ["[" * 900_000, "{" * 900_000, "- " * 400_000, "? " * 400_000, "a: " * 300_000])
    def test_no_nesting_takes_long_to_refuse(self, text: str) -> None:
        began = time.process_time()
        assert problem(text).kind in ("limit", "yaml")
        assert time.process_time() - began < PATIENCE

    def test_aliases_that_hold_themselves_are_refused(self) -> None:
        assert "itself" in problem(f"{HEAD}log:\n  fields: &x\n    a: [*x]\n").what

    def test_aliases_that_nest_in_each_other_without_end_are_refused(self) -> None:
        links = ", ".join(f"k{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))
        assert problem(f"{HEAD}log: {{fields: {{k0: &a0 [x], {links}}}}}\n").kind == "limit"

    def test_secrets_are_found_below_them(self) -> None:
        links = ", ".join(f"k{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))
        made = read(f"{HEAD}x: {{k0: &a0 {{password: hidden-word}}, {links}, z: *a2999}}\n")
        assert made.secrets.mask("hidden-word") == "****"

    @pytest.mark.parametrize("target", ["registry-2.5", "registry-2.7", "registry-2.8", "registry-3.1"])
    def test_aliases_that_multiply_are_refused_at_once(self, target: str) -> None:
        text = f"{HEAD}log:\n  fields:\n{multiplied(9)}"
        began = time.process_time()
        assert problem(text, target=target).kind in ("limit", "yaml")
        assert time.process_time() - began < PATIENCE

    def test_aliases_that_nobody_reads_stop_nothing(self) -> None:
        text = f"{HEAD}x:\n{multiplied(9)}"
        began = time.process_time()
        config = load_config(text.encode(), {}, "registry-2.8")
        assert not config.problems
        assert not config.secrets.found
        assert time.process_time() - began < PATIENCE

    @pytest.mark.parametrize("name", ["a", "password"])
    def test_secrets_are_found_at_once_behind_aliases_that_multiply(self, name: str) -> None:
        inner = ", ".join(f"{name}{letter}: *a{{}}" for letter in "bcdefghi")
        levels = "".join(f"    x{n}: &a{n} {{{inner.replace('{}', str(n - 1))}}}\n" for n in range(1, 12))
        text = f"{HEAD}x:\n    x0: &a0 {{password: hidden-word}}\n{levels}"
        began = time.process_time()
        assert read(text).secrets.mask("the hidden-word") == "the ****"
        assert time.process_time() - began < PATIENCE

    def test_a_share_of_aliases_that_the_older_library_lets_pass(self) -> None:
        assert not read(f"{HEAD}log:\n  fields:\n{multiplied(3)}", target="registry-2.7").problems

    def test_a_share_of_aliases_that_the_newer_library_refuses(self) -> None:
        assert "99 %" in problem(f"{HEAD}log:\n  fields:\n{multiplied(4)}", target="registry-3.1").what
