"""`middleware.storage`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "middleware.storage"


def with_entry(entry: str) -> str:
    return f"{FILESYSTEM}middleware: {{storage: [{entry}]}}\n"


@pytest.mark.parametrize(
    "entry", ["{name: alicdn}", "{name: CloudFront}", "{name: ''}", "{}", "{name: foo, disabled: true}", "{name: 5}"]
)
def test_a_name_that_nobody_knows(entry: str) -> None:
    (finding,) = found(ID, with_entry(entry))
    assert finding.severity == "blocker"


def test_rewrite_came_with_3_0() -> None:
    assert (
        len(found(ID, with_entry("{name: rewrite}"))),
        found(ID, with_entry("{name: rewrite}"), target="registry-3.0"),
    ) == (1, ())


def test_disabled_is_not_looked_at() -> None:
    (finding,) = found(ID, with_entry("{name: redirect, disabled: true}"))
    assert finding.severity == "warning"


@pytest.mark.parametrize("name", ["cloudfront", "redirect"])
def test_a_name_that_all_know(name: str) -> None:
    assert found(ID, with_entry(f"{{name: {name}}}"), target="registry-2.5") == ()


def test_no_middleware() -> None:
    assert found(ID, FILESYSTEM) == ()
