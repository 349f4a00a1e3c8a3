"""`config.documents`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "config.documents"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FILESYSTEM + "---\nhttp: {secret: s}\n", 3),
        ("---\n" + FILESYSTEM + "---\nhttp: {secret: s}\n", 4),
        (FILESYSTEM + "--- {http: {secret: s}}\n", 3),
        (FILESYSTEM + "...\n---\nhttp: {secret: s}\n", 3),
        ("# a comment\n--- # the first\n" + FILESYSTEM + "# more\n---\nhttp: {}\n", 6),
    ],
)
def test_a_second_document(text: str, line: int) -> None:
    (finding,) = found(ID, text)
    assert finding.where.line == line


@pytest.mark.parametrize(
    "text",
    [
        FILESYSTEM,
        "---\n" + FILESYSTEM,
        "# a comment\n---\n" + FILESYSTEM,
        FILESYSTEM + "---\n",
        FILESYSTEM + "...\n# the end\n",
        FILESYSTEM + "log: {fields: {a: b}}\n----: c\n",
        "\ufeff---\n" + FILESYSTEM,
    ],
)
def test_one_document(text: str) -> None:
    assert found(ID, text) == ()
