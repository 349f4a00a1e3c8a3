"""`middleware.redirect`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "middleware.redirect"


def with_options(options: str) -> str:
    return f"{FILESYSTEM}middleware: {{storage: [{{name: redirect, options: {options}}}]}}\n"


@pytest.mark.parametrize(
    "base", ["", "5", "''", "mirror.example.com", "'//mirror.example.com'", "'https://'", "'http://a b'", "'1.2.3.4:5'"]
)
def test_a_base_that_is_no_url(base: str) -> None:
    (finding,) = found(ID, with_options(f"{{baseurl: {base}}}"))
    assert finding.severity == "blocker"


def test_no_options() -> None:
    (finding,) = found(ID, with_options(""))
    assert "not set" in finding.what


def test_a_url() -> None:
    assert found(ID, with_options("{baseurl: 'https://mirror.example.com/'}")) == ()


def test_2_x_drops_its_path() -> None:
    text = with_options("{baseurl: 'https://mirror.example.com/blobs'}")
    assert [str(finding.severity) for finding in found(ID, text)] == ["warning"]


def test_3_x_keeps_its_path() -> None:
    assert found(ID, with_options("{baseurl: 'https://mirror.example.com/blobs'}"), target="registry-3.1") == ()
