"""`config.stray-characters`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "config.stray-characters"


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("rootdirectory: ' /x'", "blank"),
        ("rootdirectory: '\"/x\"'", "quotes"),
        ('rootdirectory: "/x\\u00a0y"', "no-break space"),
        ("rootdirectory: |\n      /x", "line end"),
    ],
)
def test_a_stray_character(line: str, how: str) -> None:
    (finding,) = found(ID, s3(line))
    assert how in finding.what


def test_a_bucket_with_a_line_end_is_a_blocker() -> None:
    (finding,) = found(ID, "version: 0.1\nstorage:\n  s3:\n    region: us-east-1\n    bucket: |\n      b\n")
    assert (finding.severity, finding.where.line) == ("blocker", 5)


def test_a_block_without_its_line_end_is_fine() -> None:
    assert found(ID, s3("rootdirectory: |-\n      /x")) == ()


def test_a_quote_inside_is_fine() -> None:
    assert found(ID, FILESYSTEM + 'http: {secret: "a\'b"}\n') == ()


def test_other_alphabets_are_fine() -> None:
    assert found(ID, FILESYSTEM + "http: {secret: пароль}\n") == ()
