"""Faults of Azure accounts and configs: foretold by the checks, and shown by the real registry where there is one.

Debian's source of 2.8.2, built with its azure driver, is the judge of 2.x. There is no 3.x to ask here: what is expected of it
stands in `three.yml`, each with where it is from.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.azure import Store, registry_with_azure
from registry_preflight.fixtures.backend import free_port
from registry_preflight.fixtures.certificates import Kind
from registry_preflight.fixtures.referee import Outcome

from registry_preflight import Options, Report, check_config, load_config

STAGES = ("start", "push", "pull", "delete", "gc")
FOLDER = Path(__file__).parent


class Fault(NamedTuple):
    """A fault. `play` names files of the fixture's answers, `parameters` replace the driver's, `storage` the section's.

    `environment` is the registry's beside the way to the cloud; a null takes a variable away. `unknown` are stages that
    nobody could foretell, `unjudged` those that the referee can't be asked about, `expect` what a record says of 3.x.
    `patience` are the seconds that the registry gets: where it can't reach the service its library tries for two minutes.
    """

    name: str
    source: str = ""
    play: tuple[str, ...] = ()
    ahead: float = 0.0
    certificate: Kind = "good"
    parameters: Mapping[str, object] = {}
    storage: Mapping[str, object] = {}
    environment: Mapping[str, str | None] = {}
    expired: bool = False
    audience: str = ""
    exists: bool = True
    prepare: str = ""
    unknown: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    expect: Mapping[str, str] = {}
    finds: str = ""
    target: str = "registry-2.8"
    layers: tuple[int, ...] = (4096, 5 << 20)
    patience: float = 60.0

    def __str__(self) -> str:
        return self.name


def faults(file: str) -> list[Fault]:
    """The faults of a file of this folder."""
    rows = yaml.safe_load((FOLDER / file).read_text("utf-8"))
    return [_fault(row) for row in rows]


def _fault(row: dict[str, Any]) -> Fault:
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Fault(**given)


class Told(NamedTuple):
    """What was foretold, and what was in the container before and after."""

    report: Report
    before: list[str]
    after: list[str]

    @property
    def stages(self) -> dict[str, str]:
        """The outcome of each stage, as foretold."""
        return {stage.value: prediction.outcome.value for stage, prediction in self.report.predictions.items()}

    @property
    def why(self) -> str:
        """What the checks say, for a test that fails."""
        found = [f"{one.id}: {f.severity} {f.what}" for one in self.report.results for f in one.findings]
        silent = [f"{one.id}: {one.status}: {one.reason}" for one in self.report.results if one.reason]
        return "\n".join([*found, *silent])


def config_of(store: Store, fault: Fault) -> str:
    """The config's text, with the store's own values for @KEY@ and the like."""
    given = {name: filled(value, store) for name, value in fault.parameters.items()}
    text: str = store.config(dict(fault.storage), **given)
    return text


def environment_of(store: Store, fault: Fault) -> dict[str, str]:
    """The registry's environment: the way to the cloud, and what the fault has of its own."""
    own = {name: filled(value, store) for name, value in fault.environment.items()}
    every = {**store.environment, **own}
    return {name: str(value) for name, value in every.items() if value is not None}


def filled(value: object, store: Store) -> object:
    """A value with what stands for the store's own put in."""
    if isinstance(value, dict):
        return {name: filled(inner, store) for name, inner in value.items()}
    if not isinstance(value, str):
        return value
    account, application = store.account, store.cloud.identity.application
    dead = f"http://127.0.0.1:{free_port()}" if "@DEAD@" in value else ""
    words = {
        "@KEY@": account.key, "@SECOND@": account.second_key, "@CONTAINER@": store.container, "@DEAD@": dead,
        "@STRANGER@": store.cloud.azurite.accounts["stranger"].key, "@ACCOUNT@": account.name,
        "@TENANT@": application.tenant, "@CLIENT@": application.client, "@SECRET@": application.secret,
        "@PROXY@": store.front.proxy, "@HEADER@": store.cloud.identity.header,
        "@AZURITE@": f"{store.cloud.azurite.url}/{account.name}",
    }  # fmt: skip
    for word, meaning in words.items():
        value = value.replace(word, meaning)
    return value


def play(store: Store, fault: Fault) -> None:
    """Let the account have the fault from now on."""
    if fault.prepare:
        PREPARATIONS[fault.prepare](store)
    store.front.play(*fault.play)
    store.front.ahead, store.front.certificate = fault.ahead, fault.certificate
    store.cloud.identity.expired = fault.expired
    if fault.audience:
        store.cloud.identity.audience = fault.audience


def foretell(store: Store, fault: Fault) -> Told:
    """A full run on the store as it is."""
    before = store.names()
    # A clock that is off would have a public time server asked; nobody answers here.
    options = Options(min_free=0, deadline=120, ntp=f"127.0.0.1:{free_port()}" if fault.ahead else "")
    config = load_config(config_of(store, fault).encode(), environment_of(store, fault), fault.target, options=options)
    report = check_config(config)
    return Told(report, before, store.names())


def judge(store: Store, fault: Fault) -> tuple[Told, Outcome]:
    """Foretell a fault, and then let the registry show it."""
    told: list[Told] = []

    def break_it() -> None:
        play(store, fault)
        told.append(foretell(store, fault))

    truth = referee.outcome(
        config_of(store, fault),
        {"PATH": os.defpath, **environment_of(store, fault)},
        store.config({"redirect": {"disable": True}}),
        seed_environment=store.environment,
        layers=fault.layers,
        patience=fault.patience,
        fault=break_it,
        binary=str(registry_with_azure()),
    )
    return told[0], truth


def old_images(store: Store) -> None:
    """An image as 2.8 names and writes it."""
    _image(store, "/")


def snapshots(store: Store) -> None:
    """A snapshot of each blob, which a backup may have made."""
    client = store.client()
    if not store.names():
        new_images(store)
    for name in store.names():
        client.get_blob_client(name).create_snapshot()


def new_images(store: Store) -> None:
    """An image as 3.x names it and 2.8 wrote it: copied with its kind of blobs."""
    _image(store, "")


def _image(store: Store, slash: str) -> None:
    root = f"{slash}docker/registry/v2"
    client, digest = store.client(), "ab" * 32
    client.upload_blob(f"{root}/blobs/sha256/ab/{digest}/data", b"layer")
    client.upload_blob(f"{root}/repositories/team/app/_manifests/tags/latest/current/link", f"sha256:{digest}".encode())
    client.upload_blob(f"{root}/repositories/team/app/_layers/sha256/{digest}/link", f"sha256:{digest}".encode())


PREPARATIONS = {"old images": old_images, "new images": new_images, "snapshots": snapshots}
