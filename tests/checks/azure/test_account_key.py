"""`azure.account-key`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import azure, azure3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_short_key_was_cut() -> None:
    (finding,) = found("azure.account-key", azure("accountkey: bWFkZXVw"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.accountkey")
    assert not finding.breaks


def test_a_connection_string_is_not_the_key() -> None:
    (finding,) = found(
        "azure.account-key",
        azure("accountkey: DefaultEndpointsProtocol=https;AccountName=a;AccountKey=bWFkZXVw"),
    )
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.accountkey")
    assert not finding.breaks


def test_a_signature_for_shared_access_is_not_the_key() -> None:
    (finding,) = found("azure.account-key", azure("accountkey: sv=2022-11-02&sig=abc%3D"))
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.accountkey")
    assert not finding.breaks


def test_no_key_in_3_1_is_refused_by_the_service() -> None:
    (finding,) = found("azure.account-key", azure3("accountkey: -"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.credentials.type")
    assert finding.breaks == REQUESTS


def test_a_key_beside_another_login_lies_idle() -> None:
    (finding,) = found("azure.account-key", azure("credentials: {type: default_credentials}"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.accountkey")
    assert not finding.breaks


def test_88_characters_are_fine() -> None:
    assert not found("azure.account-key", azure())
