"""`azure.credentials`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import azure
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_config_of_2_x_does_not_say_how_to_log_in() -> None:
    (finding,) = found("azure.credentials", azure(), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.azure")
    assert not finding.breaks


def test_the_documentations_default_is_no_type() -> None:
    (finding,) = found("azure.credentials", azure("credentials: {type: default}"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("note", "storage.azure.credentials.type")
    assert not finding.breaks


def test_3_0_mistakes_default_credentials() -> None:
    (finding,) = found(
        "azure.credentials", azure("credentials: {type: default_credentials}", "accountkey: -"), target="registry-3.0"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.credentials.type")
    assert finding.breaks == REQUESTS


def test_3_0_goes_on_with_the_key() -> None:
    (finding,) = found("azure.credentials", azure("credentials: {type: default_credentials}"), target="registry-3.0")
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.credentials.type")
    assert not finding.breaks


def test_a_display_name_is_no_id() -> None:
    (finding,) = found(
        "azure.credentials",
        azure("credentials: {type: client_secret, clientid: registry, tenantid: contoso.com, secret: abcdef}"),
        target="registry-3.1",
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.credentials.clientid")
    assert not finding.breaks


def test_default_credentials_are_fine_in_3_1() -> None:
    assert not found("azure.credentials", azure("credentials: {type: default_credentials}"), target="registry-3.1")


def test_2_8_has_no_credentials() -> None:
    assert not found("azure.credentials", azure())


def test_an_authority_is_https() -> None:
    (finding,) = found(
        "azure.credentials",
        azure("credentials: {type: client_secret, clientid: ID, tenantid: contoso.com, secret: abcdef}").replace(
            "clientid: ID", "clientid: 6ca0a2b7-4d0f-4b8e-9b6e-3c1de8d2b7a1"
        ),
        {"AZURE_AUTHORITY_HOST": "login.microsoftonline.us"},
        target="registry-3.1",
    )
    assert (finding.severity, finding.where.variable) == ("blocker", "AZURE_AUTHORITY_HOST")
    assert finding.breaks == EVERY_STAGE
