"""`azure.container`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE

from ..drivers import azure, azure3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_an_address_stops_the_start_of_2_8() -> None:
    (finding,) = found("azure.container", azure("container: https://images.blob.core.windows.net/registry"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.container")
    assert finding.breaks == EVERY_STAGE


def test_an_address_fails_the_pushes_of_3_1() -> None:
    (finding,) = found(
        "azure.container", azure3("container: https://images.blob.core.windows.net/registry"), target="registry-3.1"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.container")
    assert finding.breaks == REQUESTS


def test_upper_case_cannot_be() -> None:
    (finding,) = found("azure.container", azure("container: Registry"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.container")
    assert finding.breaks == EVERY_STAGE


def test_two_hyphens_together_cannot_be() -> None:
    (finding,) = found("azure.container", azure("container: my--registry"), target="registry-2.5")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.container")
    assert finding.breaks == EVERY_STAGE


def test_the_root_container_is_fine() -> None:
    assert not found("azure.container", azure("container: $root"))


def test_a_name_is_fine() -> None:
    assert not found("azure.container", azure())
