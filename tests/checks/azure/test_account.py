"""`azure.account`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import azure, azure3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_an_address_stops_the_start_of_2_5() -> None:
    (finding,) = found(
        "azure.account", azure("accountname: https://images.blob.core.windows.net"), target="registry-2.5"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.accountname")
    assert finding.breaks == EVERY_STAGE


def test_a_name_that_cannot_be_fails_the_requests_of_3_1() -> None:
    (finding,) = found("azure.account", azure3("accountname: my-images"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.accountname")
    assert finding.breaks == REQUESTS


def test_upper_case_is_suspicious_in_3_1() -> None:
    (finding,) = found("azure.account", azure3("accountname: Images"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.azure.accountname")
    assert not finding.breaks


def test_2_8_refuses_it_as_a_parameter() -> None:
    assert not found("azure.account", azure("accountname: my-images"))


def test_a_name_is_fine() -> None:
    assert not found("azure.account", azure3(), target="registry-3.1")
