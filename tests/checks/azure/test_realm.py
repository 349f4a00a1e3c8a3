"""`azure.realm`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import azure, azure3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_the_german_cloud_was_closed() -> None:
    (finding,) = found("azure.realm", azure("realm: core.cloudapi.de"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.realm")
    assert finding.breaks == EVERY_STAGE


def test_blob_is_added_by_the_registry() -> None:
    (finding,) = found("azure.realm", azure3("realm: blob.core.windows.net"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.realm")
    assert finding.breaks == REQUESTS


def test_a_private_link_needs_no_realm() -> None:
    (finding,) = found("azure.realm", azure("realm: privatelink.blob.core.windows.net"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.realm")
    assert finding.breaks == EVERY_STAGE


def test_a_realm_of_ones_own_is_warned_of() -> None:
    (finding,) = found("azure.realm", azure("realm: local.azurestack.external"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.realm")
    assert not finding.breaks


def test_serviceurl_makes_it_idle() -> None:
    (finding,) = found(
        "azure.realm",
        azure3("realm: core.windows.net", "serviceurl: https://images.blob.core.windows.net"),
        target="registry-3.1",
    )
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.realm")
    assert not finding.breaks


def test_tokens_come_from_the_public_cloud() -> None:
    (finding,) = found(
        "azure.realm",
        azure("credentials: {type: default_credentials}", "realm: core.chinacloudapi.cn"),
        target="registry-3.1",
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.realm")
    assert not finding.breaks


def test_tokens_come_from_where_the_variable_says() -> None:
    assert not found(
        "azure.realm",
        azure("credentials: {type: default_credentials}", "realm: core.chinacloudapi.cn"),
        {"AZURE_AUTHORITY_HOST": "https://login.chinacloudapi.cn"},
        target="registry-3.1",
    )


def test_the_clouds_of_microsoft_are_fine() -> None:
    assert not found("azure.realm", azure("realm: core.usgovcloudapi.net"))
