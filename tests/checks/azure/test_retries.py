"""`azure.retries`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import azure, azure3
from ..findings import found


def test_no_question_at_all_loses_layers() -> None:
    (finding,) = found("azure.retries", azure3("max_retries: -1"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.max_retries")
    assert not finding.breaks


def test_a_variable_does_not_reach_the_key() -> None:
    (finding,) = found("azure.retries", azure3(), {"REGISTRY_STORAGE_AZURE_MAX_RETRIES": "9"}, target="registry-3.1")
    assert (finding.severity, finding.where.variable) == ("warning", "REGISTRY_STORAGE_AZURE_MAX_RETRIES")
    assert not finding.breaks


def test_five_is_fine() -> None:
    assert not found("azure.retries", azure3("max_retries: 5"), target="registry-3.1")


def test_2_8_does_not_read_it() -> None:
    assert not found("azure.retries", azure("max_retries: -1"))
