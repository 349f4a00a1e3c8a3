"""`middleware.rewrite`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "middleware.rewrite"


def with_options(options: str) -> str:
    return f"{FILESYSTEM}middleware: {{storage: [{{name: rewrite, options: {options}}}]}}\n"


@pytest.mark.parametrize("options", ["{scheme: 5}", "{host: }", "{host: a, trimpathprefix: [a]}"])
def test_an_option_that_is_no_text(options: str) -> None:
    (finding,) = found(ID, with_options(options), target="registry-3.1")
    assert finding.severity == "blocker"


@pytest.mark.parametrize("options", ["", "{}", "{scheme: https, host: a, trimpathprefix: /}"])
def test_all_of_them_are_optional(options: str) -> None:
    assert found(ID, with_options(options), target="registry-3.0") == ()
