"""`validation.urls`."""

from __future__ import annotations

import pytest

from registry_preflight import Status, foretell

from ..findings import FILESYSTEM, found

ID = "validation.urls"


def allowing(pattern: str, more: str = "") -> str:
    quoted = pattern.replace("'", "''")
    return f"{FILESYSTEM}validation: {{{more}manifests: {{urls: {{allow: ['{quoted}']}}}}}}\n"


@pytest.mark.parametrize(
    "pattern",
    [
        "*", "a**", "a++", "(?=a)", "(?!a)", "(?<=a)b", "(?>a)", r"(a)\1", "(", ")", "[", "[z-a]", r"\Z", r"\e", "a{1001}", "a{3,2}",
        "(?P<>x)", "(?P=a)", "\\", "[[:foo:]]", "|*", "(?z)", r"\p{}", r"[a-\d]", r"\x{110000}",
    ],
)  # fmt: skip
def test_a_pattern_that_go_refuses(pattern: str) -> None:
    (finding,) = found(ID, allowing(pattern))
    assert finding.where.path == "validation.manifests.urls.allow[0]"


@pytest.mark.parametrize(
    "pattern",
    [
        "^https?://([^/]+\\.)*example\\.com/", "", "a*?", "a{,3}", "{", "]", "[]a]", r"\Qa(b\E+", "(?i)a", "(?s-i:a)", r"\pL\p{Greek}",
        "(?P<a>x)(?P<a>y)", r"[\d-x]", "[[:alpha:]]", r"\x41\x{41}\012", r"\_", "a|", "()", "(?)", r"\z\A\b",
    ],
)  # fmt: skip
def test_a_pattern_that_go_takes(pattern: str) -> None:
    assert found(ID, allowing(pattern)) == ()


@pytest.mark.parametrize("pattern", ["(?<name>a)", r"\p{Kawi}", "(a{100}){100}", "a" * 4001])
def test_a_pattern_that_depends_on_the_build(pattern: str) -> None:
    results = {result.id: result for result in foretell(allowing(pattern), {}).results}
    assert results[ID].status is Status.SKIPPED


def test_disabled_patterns_are_not_compiled() -> None:
    assert found(ID, allowing("(", "disabled: true, ")) == ()


def test_enabled_wins_over_disabled() -> None:
    assert len(found(ID, allowing("(", "disabled: true, enabled: true, "))) == 1


def test_2_5_has_no_validation() -> None:
    assert found(ID, allowing("("), target="registry-2.5") == ()


def test_a_refused_pattern_is_told_beside_one_that_is_not_known() -> None:
    text = f"{FILESYSTEM}validation: {{manifests: {{urls: {{allow: ['(?<a>b)'], deny: ['(']}}}}}}\n"
    (finding,) = found(ID, text)
    assert finding.where.path == "validation.manifests.urls.deny[0]"
