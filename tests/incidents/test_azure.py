"""Reported incidents with Azure whose cause shows only at the account or on the way to it.

Each id is that of the collection of incidents. Of the seven, `azure-container-is-url` and `azure-key-not-base64` are found in
the config (`test_drivers.py`). `azure-putcontent-race` (links that two pushes wrote at once are corrupt) can't be seen before it
happens: 2.5 and 3.x write them in two requests whatever the account.
"""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.azure import Store
from registry_preflight.fixtures.faults import Faults, Way
from registry_preflight.fixtures.relay import Relays

from registry_preflight import Options, Report, check_config, load_config

from ..oracle.azure.trial import new_images


def checked(store: Store, target: str, environment: dict[str, str] | None = None, **other: object) -> Report:
    """A full run on a config of this container."""
    text = store.config(**other).encode()
    return check_config(load_config(text, environment or store.environment, target, options=Options()))


def blockers(report: Report) -> set[str]:
    """The checks that found a blocker."""
    return {one.id for one in report.results for f in one.findings if f.severity == "blocker"}


def test_azure_premium_account(azure: Store) -> None:
    azure.front.play("premium-page-blobs")
    report = checked(azure, "registry-2.5")
    assert "azure.account-kind" in blockers(report)
    assert [stage for stage, told in report.predictions.items() if told.outcome.value == "fails"] == ["push"]


def test_azure_existing_blockblob_invalid_type(azure: Store) -> None:
    new_images(azure)
    assert blockers(checked(azure, "registry-3.0", credentials={"type": "shared_key"})) == {"azure.existing-blobs"}


@pytest.mark.parametrize("target", ["registry-2.7", "registry-2.8"])
def test_azure_old_sdk_api_version(azure: Store, target: str) -> None:
    azure.front.play("old-api-version")
    assert blockers(checked(azure, target)) == {"azure.account-exists"}


def test_azure_egress_timeout(azure: Store, relays: Relays) -> None:
    """No packet comes back, as where a network policy drops what leaves a pod."""
    relay = relays(int(azure.front.proxy.rpartition(":")[2]))
    relay.faults = Faults(answer=Way(stall_at=0))
    environment = {**azure.environment, "HTTPS_PROXY": f"http://127.0.0.1:{relay.port}"}
    report = checked(azure, "registry-2.8", environment)
    assert blockers(report) == {"azure.proxy"}
    assert {told.outcome.value for told in report.predictions.values()} == {"fails"}
