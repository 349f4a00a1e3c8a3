"""Reported incidents whose cause a config or its environment shows, for no driver in particular, gcs and rados.

Each id is that of the collection of incidents: what people ran into with real registries. The config is completed to
one that a registry could be given; what counts is that the tool names the cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from registry_preflight import Report, foretell

from ..checks.findings import FILESYSTEM


class Incident(NamedTuple):
    """An incident and the finding that names its cause; `place` is a path, a line or a variable of that finding."""

    id: str
    text: str
    environment: Mapping[str, str]
    target: str
    check: str
    severity: str
    place: str | int
    breaks: str


DELETE = "REGISTRY_STORAGE_DELETE_ENABLED"
READONLY = "REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED"
WRONG_CONTAINER = f"services:\n  ui:\n    environment: [{DELETE}=true]\n  registry: {{image: 'registry:2'}}\n"
SPECIAL = "version: 0.1\nstorage: {filesystem: {}}\nredis:\n  addr: redis:6379\n  password: @Secret1\n"
ENCODED = '{"type":"service_account"}'
CHART = f"imageChartStorage: {{type: gcs, gcs: {{encodedkey: '{ENCODED}', bucketname: b}}}}\n"
RADOS = {"REGISTRY_STORAGE": "rados", "REGISTRY_STORAGE_RADOS_CHUNKSIZE": "4194304"}

# fmt: off
FOUND = (
    Incident(
        "cfg-compose-env-quoted-value", FILESYSTEM, {DELETE: '"true"'}, "registry-2.8",
        "environment.quoted", "warning", DELETE, "delete",
    ),
    Incident(
        "cfg-compose-env-quoted-value", FILESYSTEM, {DELETE: '"true"'}, "registry-3.1",
        "storage.delete", "warning", DELETE, "delete",
    ),
    Incident(
        "cfg-delete-env-set-on-wrong-container", WRONG_CONTAINER, {}, "registry-2.8",
        "config.compose-variables", "blocker", 3, "",
    ),
    Incident(
        "cfg-delete-not-enabled", FILESYSTEM, {}, "registry-2.8",
        "storage.delete", "note", "storage.delete", "delete",
    ),
    Incident(
        "cfg-readonly-env-panic-v3", FILESYSTEM, {READONLY: "true"}, "registry-3.1",
        "storage.readonly", "blocker", READONLY, "start",
    ),
    Incident(
        "cfg-readonly-env-panic-v3",
        FILESYSTEM.replace("}}", "}, maintenance: {readonly: {enabled: false}}}"), {READONLY: "true"}, "registry-3.1",
        "environment.ignored", "warning", READONLY, "",
    ),
    Incident("cfg-template-special-char-secret", SPECIAL, {}, "registry-2.8", "config.yaml", "blocker", 5, "start"),
    Incident(
        "cfg-no-bucket-parameter", FILESYSTEM, {"REGISTRY_STORAGE": "gcs: {}"}, "registry-2.8",
        "storage.required", "blocker", "storage.gcs.bucket", "start",
    ),
    Incident(
        "harbor-gcs-encodedkey-not-base64", CHART, {}, "registry-2.8",
        "config.kind", "blocker", "imageChartStorage.gcs.encodedkey", "start",
    ),
    Incident(
        "rados-chunksize-not-number", FILESYSTEM, RADOS, "registry-2.8",
        "storage.driver", "blocker", "storage.rados", "start",
    ),
)
# fmt: on

#: Incidents that no config and no environment of a registry shows, and why.
NOT_FOUND = {
    "harbor-gcs-key-not-mounted-registryctl": "the key file is missing in another container than the registry's:"
    " its mounts stand neither in the config nor in the registry's environment",
}


@pytest.mark.parametrize("incident", FOUND, ids=lambda incident: f"{incident.id}-{incident.check}")
def test_the_cause_is_found(incident: Incident) -> None:
    report = foretell(incident.text, incident.environment, incident.target)
    findings = [found for result in report.results if result.id == incident.check for found in result.findings]
    there = [found for found in findings if incident.place in found.where]
    assert [(found.severity.value, [stage.value for stage in found.breaks][:1]) for found in there] == [
        (incident.severity, [incident.breaks] if incident.breaks else [])
    ]


BLOCKERS = [incident for incident in FOUND if incident.severity == "blocker"]


@pytest.mark.parametrize("incident", BLOCKERS, ids=lambda incident: incident.id)
def test_a_blocker_is_among_the_root_causes(incident: Incident) -> None:
    assert incident.check in foretell(incident.text, incident.environment, incident.target).root_causes


@pytest.mark.parametrize("incident", FOUND, ids=lambda incident: f"{incident.id}-{incident.check}")
def test_the_secret_is_not_shown(incident: Incident) -> None:
    assert "Secret1" not in _said(foretell(incident.text, incident.environment, incident.target))


def _said(report: Report) -> str:
    return repr(report.results) + repr(report.effective)


def test_nothing_is_both_found_and_given_up() -> None:
    assert not {incident.id for incident in FOUND} & NOT_FOUND.keys()
