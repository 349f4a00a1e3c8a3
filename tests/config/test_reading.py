"""Whole configs, storage sections and their content; what reading goes on past, and where it ends."""

from __future__ import annotations

import pytest

from .reading import HEAD, problem, read


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("version: 0.1\nstorage: inmemory\n", "config"),
        ("http: {}\nstorage: inmemory\n", "config"),
        ("storage: {s3: {bucket: b}}\n", "section"),
        ("storage: inmemory\n", "section"),
        ("s3: {bucket: b}\n", "content"),
        ("s3aws: {bucket: b}\ndelete: {enabled: true}\n", "content"),
        ("filesystem:\n", "content"),
        ("delete: {enabled: true}\n", "config"),
        ("a: b\n", "config"),
        ("- a\n", "config"),
        ("text\n", "config"),
        ("", "config"),
    ],
)
def test_the_form_of_a_file_is_recognised(text: str, form: str) -> None:
    assert read(text).form == form


@pytest.mark.parametrize("text", ["storage: {s3: {bucket: b}}\n", "s3: {bucket: b}\n"])
def test_a_section_needs_no_version(text: str) -> None:
    assert not read(text).problems


@pytest.mark.parametrize(
    "text", ["version: 0.1\nstorage: {s3: {bucket: b}}\n", "storage: {s3: {bucket: b}}\n", "s3: {bucket: b}\n"]
)
def test_values_have_the_same_path_in_every_form(text: str) -> None:
    assert read(text).get("storage.s3.bucket") == "b"


def test_keys_of_a_sections_content_have_the_path_that_they_will_have() -> None:
    ((path, _),) = read("s3: {bucket: b}\ns3: {bucket: c}\n").duplicates
    assert path == "storage.s3"


def test_variables_are_laid_over_a_section_too() -> None:
    assert read("s3: {bucket: b}\n", {"REGISTRY_STORAGE_S3_BUCKET": "c"}).get("storage.s3.bucket") == "c"


@pytest.mark.parametrize("text", ["- a\n- b\n", "5\n", "a text\n", "[]\n", "'{}'\n"])
def test_what_is_no_map_is_refused(text: str) -> None:
    assert problem(text).kind == "type"


@pytest.mark.parametrize("text", ["", "{}\n", "~\n", "# nothing\n", "---\n"])
def test_what_is_empty_has_no_version(text: str) -> None:
    assert problem(text).kind == "version"


def test_the_driver_is_told_past_a_value_that_does_not_fit() -> None:
    assert read("version: 0.1\nstorage: {s3: {bucket: b}}\nhttp: 5\n").driver == "s3"


def test_nothing_is_told_past_yaml_that_cannot_be_parsed() -> None:
    config = read("version: 0.1\nstorage: [\n")
    assert (config.driver, len(config.problems)) == ("", 1)


def test_what_follows_from_no_config_is_not_told_as_well() -> None:
    assert len(read("version: 0.2\n").problems) == 1


def test_two_drivers_of_the_file_and_one_of_a_variable_are_one_problem() -> None:
    config = read("version: 0.1\nstorage: {s3: {}, inmemory: {}}\n", {"REGISTRY_STORAGE_GCS_BUCKET": "b"})
    assert [found.kind for found in config.problems] == ["driver"]


def test_an_unknown_target_is_an_error() -> None:
    with pytest.raises(KeyError):
        read(HEAD, target="registry-9")


class TestPaths:
    TEXT = f"{HEAD}notifications: {{endpoints: [{{name: a}}, {{name: b, headers: {{X: [y]}}}}]}}\nhttp: {{host: ~}}\n"

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("notifications.endpoints[1].name", "b"),
            ("notifications.endpoints[1].headers.X[0]", "y"),
            ("notifications.endpoints[2].name", None),
            ("notifications.endpoints.name", None),
            ("http.host.x", None),
            ("nothing.at.all", None),
        ],
    )
    def test_a_value_is_found_by_its_path(self, path: str, value: object) -> None:
        assert read(self.TEXT).get(path) == value

    def test_null_gives_the_default(self) -> None:
        assert read(f"{HEAD}log: {{fields: {{a: ~}}}}\n").get("log.fields.a", "d") == "d"

    def test_every_setting_that_is_given_is_present(self) -> None:
        present = read(
            "version: 0.1\nstorage: {s3: {bucket: b}}\nhttp: {debug: {addr: x}}\n", {"AWS_REGION": "x"}
        ).present
        assert {"http.debug.addr", "http", "storage.s3", "storage.*.bucket", "$AWS_REGION"} <= present

    def test_what_a_variable_gives_is_present(self) -> None:
        assert "http.tls.key" in read(HEAD, {"REGISTRY_HTTP_TLS_KEY": "x"}).present

    def test_what_nobody_gives_is_not(self) -> None:
        assert "http.addr" not in read(f"{HEAD}http: {{host: x}}\n").present
