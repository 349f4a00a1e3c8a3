"""The effective config: each value, where it came from, and what the release makes of it."""

from __future__ import annotations

import pytest

from registry_preflight import EffectiveValue
from registry_preflight.config.listing import effective_values

from .reading import HEAD, read


def listed(
    text: str, environment: dict[str, str] | None = None, target: str = "registry-2.8"
) -> dict[str, EffectiveValue]:
    return {value.path: value for value in effective_values(read(text, environment, target))}


def test_a_value_of_the_file_has_its_line_and_column() -> None:
    origin = listed("version: 0.1\nstorage:\n  s3:\n    bucket: b\n")["storage.s3.bucket"].origin
    assert (origin.kind, origin.line, origin.column) == ("file", 4, 13)


def test_a_value_of_a_variable_has_its_name() -> None:
    origin = listed(HEAD, {"REGISTRY_HTTP_HOST": "h"})["http.host"].origin
    assert (origin.kind, origin.name) == ("environment", "REGISTRY_HTTP_HOST")


def test_a_default_of_the_driver_is_listed() -> None:
    value = listed("version: 0.1\nstorage: {s3: {bucket: b}}\n")["storage.s3.chunksize"]
    assert (value.value, value.origin.kind) == (10485760, "default")


def test_a_variable_wins_over_the_file() -> None:
    assert listed(f"{HEAD}http: {{host: a}}\n", {"REGISTRY_HTTP_HOST": "b"})["http.host"].value == "b"


def test_each_element_of_a_list_is_listed() -> None:
    paths = listed(f"{HEAD}http: {{tls: {{clientcas: [a, b]}}}}\n")
    assert {"http.tls.clientcas[0]", "http.tls.clientcas[1]"} <= set(paths)


@pytest.mark.parametrize(("text", "shown"), [("{}", "{}"), ("[]", "[]")])
def test_what_is_empty_is_listed(text: str, shown: str) -> None:
    assert listed(f"{HEAD}log: {{fields: {{a: {text}}}}}\n")["log.fields.a"].value == shown


def test_a_short_secret_is_masked() -> None:
    assert listed(f"{HEAD}http: {{secret: s}}\n")["http.secret"].value == "****"


def test_of_an_access_key_the_end_is_shown() -> None:
    value = listed("version: 0.1\nstorage: {s3: {accesskey: AKIAIOSFODNN7EXAMPLE}}\n")["storage.s3.accesskey"].value
    assert value == "****MPLE"


@pytest.mark.parametrize(
    ("text", "path", "note"),
    [
        ("{s3: {chunksize: 10MB}}", "storage.s3.chunksize", "refused"),
        ("{s3: {encrypt: 'T'}}", "storage.s3.encrypt", "read as True"),
        ("{s3: {forcepathstyle: true}}", "storage.s3.forcepathstyle", "not read by this release"),
        ("{s3: {bucket: b}}", "storage.s3.bucket", ""),
    ],
)
def test_a_note_says_what_the_driver_makes_of_it(text: str, path: str, note: str) -> None:
    assert listed(f"version: 0.1\nstorage: {text}\n")[path].note.startswith(note)


def test_a_file_that_cannot_be_read_has_no_values() -> None:
    assert listed("a: [\n") == {}
