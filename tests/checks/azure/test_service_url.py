"""`azure.service-url`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import azure3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_host_alone_is_no_url() -> None:
    (finding,) = found("azure.service-url", azure3("serviceurl: images.blob.core.windows.net"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.serviceurl")
    assert finding.breaks == REQUESTS


def test_a_connection_string_is_used_for_nothing() -> None:
    (finding,) = found("azure.service-url", azure3("connectionstring: AccountKey=x"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.connectionstring")
    assert not finding.breaks


def test_another_account_is_refused() -> None:
    (finding,) = found(
        "azure.service-url", azure3("serviceurl: https://other.blob.core.windows.net"), target="registry-3.1"
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.serviceurl")
    assert not finding.breaks


def test_https_is_fine() -> None:
    assert not found(
        "azure.service-url", azure3("serviceurl: https://images.blob.core.windows.net"), target="registry-3.1"
    )
