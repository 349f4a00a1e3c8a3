"""`config.placeholders`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "config.placeholders"


@pytest.mark.parametrize("value", ["mykeyid", "CHANGEME", "your-key-here"])
def test_an_example_is_a_warning(value: str) -> None:
    (finding,) = found(ID, s3(f"keyid: {value}"))
    assert finding.severity == "warning"


@pytest.mark.parametrize("value", ["${KEY}", "{{ .Values.key }}", "<your key>", "$(KEY)", "<%= key %>"])
def test_a_template_for_a_key_breaks_every_request(value: str) -> None:
    (finding,) = found(ID, s3("accesskey: a", f"secretkey: '{value}'"))
    assert (finding.severity, len(finding.breaks)) == ("blocker", 4)


def test_a_template_that_decides_nothing_is_a_warning() -> None:
    (finding,) = found(ID, s3("rootdirectory: '/${PREFIX}'"))
    assert finding.severity == "warning"


def test_a_secret_is_not_shown() -> None:
    (finding,) = found(ID, FILESYSTEM + "http: {secret: asecretforlocaldevelopment}\n")
    assert "asecretforlocaldevelopment" not in repr(finding)


def test_a_variable_with_a_template() -> None:
    (finding,) = found(ID, s3(), {"REGISTRY_STORAGE_S3_REGIONENDPOINT": "https://${HOST}"})
    assert finding.where.variable == "REGISTRY_STORAGE_S3_REGIONENDPOINT"


@pytest.mark.parametrize("value", ["pa$$word", "a{b}c", "x<y", "100%", "$2y$10$abc"])
def test_an_odd_password_is_fine(value: str) -> None:
    assert found(ID, s3("accesskey: a", f"secretkey: '{value}'")) == ()


def test_patterns_are_no_templates() -> None:
    text = FILESYSTEM + "validation: {manifests: {urls: {allow: ['^https?://(a|b)$', '{{x}}']}}}\n"
    assert found(ID, text) == ()
