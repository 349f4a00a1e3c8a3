"""`middleware.pulls`."""

from __future__ import annotations

import pytest

from registry_preflight import Status, foretell

from ..findings import FILESYSTEM, s3

ID = "middleware.pulls"
OFF = "  redirect: {disable: true}\n"


def status(text: str, names: str) -> Status:
    report = foretell(f"{text}middleware: {{storage: [{names}]}}\n", {}, "registry-3.1")
    return {result.id: result.status for result in report.results}[ID]


@pytest.mark.parametrize(
    ("text", "names"), [(FILESYSTEM, "{name: redirect}"), (s3(), "{name: cloudfront}"), (s3(), "{name: rewrite}")]
)
def test_clients_are_sent_where_nobody_looks(text: str, names: str) -> None:
    assert status(text, names) is Status.SKIPPED


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (FILESYSTEM, "{name: cloudfront}"),
        (FILESYSTEM, "{name: rewrite}"),
        (s3(beside=OFF), "{name: redirect}"),
        (s3(), ""),
    ],
)
def test_clients_are_sent_nowhere_else(text: str, names: str) -> None:
    assert status(text, names) is Status.PASSED
