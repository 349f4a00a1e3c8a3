"""What `explain` and `effective` print."""

from __future__ import annotations

import pytest

from registry_preflight import load_checks, load_config
from registry_preflight.config.listing import effective_values
from registry_preflight.deferred import real
from registry_preflight.pages import check_page, effective_lines, setting_names, setting_page

from .engine import make

CHECKS = load_checks()[0]


def effective(text: str) -> list[str]:
    config = load_config(text.encode(), {"REGISTRY_HTTP_HOST": "h"}, "registry-2.8", source="c.yml")
    return list(effective_lines(config, effective_values(config)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_has_a_page(check: object) -> None:
    one = real(check)  # type: ignore[arg-type]
    page = check_page(one)
    assert page.startswith(f"{one.title}\n=") and one.id in page and len(one.page.split()) > 5


def test_a_page_tells_what_the_check_touches_needs_and_bears_on() -> None:
    page = check_page(make("a.a", touches="writes", needs=["b.b"], drivers=["s3"], aliases=["c.c"]))
    assert all(word in page for word in ("removes them", "b.b", "s3", "formerly c.c"))


@pytest.mark.parametrize("name", setting_names())
def test_every_setting_has_a_page(name: str) -> None:
    page = setting_page(name)
    assert page is not None and page.startswith(name)


@pytest.mark.parametrize(
    "name", ["s3.chunksize", "storage.s3.chunksize", "s3aws.chunksize", "http.secret", "s3", "swift"]
)
def test_a_setting_has_short_names(name: str) -> None:
    assert setting_page(name)


@pytest.mark.parametrize("name", ["", "s3.nothing", "nothing", "storage", "storage.", "s3."])
def test_what_is_no_setting_has_none(name: str) -> None:
    assert not setting_page(name) or name in ("storage", "s3.")


def test_a_setting_that_a_release_ignores_says_so() -> None:
    assert "2.5, 2.7, 2.8: not read" in str(setting_page("s3.forcepathstyle"))


def test_a_value_of_the_file_is_shown_with_its_place() -> None:
    assert any(line.startswith("storage.s3.bucket: b") and line.endswith("# c.yml:2:25") for line in effective(
        "version: 0.1\nstorage: {s3: {bucket:  b}}\n"
    ))  # fmt: skip


def test_a_value_of_a_variable_with_its_name() -> None:
    assert any(
        line.split() == ["http.host:", "h", "#", "REGISTRY_HTTP_HOST"]
        for line in effective("version: 0.1\nstorage: s3\n")
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("~", "null"),
        ("yes", "true"),
        ("' a'", "' a'"),
        ("''", "''"),
        ('"a\\nb"', "a\\nb"),
        ('"\\x1b[2J"', "\\x1b[2J"),
        ("1.0", "1.0"),
    ],
)
def test_a_value_is_printed_on_one_line_without_control_characters(text: str, shown: str) -> None:
    lines = effective(f"version: 0.1\nstorage: inmemory\nlog: {{fields: {{a: {text}}}}}\n")
    (line,) = (line for line in lines if line.startswith("log.fields.a: "))
    assert line.partition("#")[0].removeprefix("log.fields.a: ").rstrip() == shown
