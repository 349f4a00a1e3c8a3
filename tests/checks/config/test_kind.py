"""`config.kind`."""

from __future__ import annotations

import pytest

from registry_preflight import foretell

from ..findings import FILESYSTEM, found

ID = "config.kind"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("services: {registry: {image: 'registry:2'}}\n", "Compose"),
        ("version: '3'\nservices: {registry: {image: 'registry:2'}}\n", "Compose"),
        ("apiVersion: v1\nkind: ConfigMap\ndata: {config.yml: ''}\n", "Kubernetes"),
        ("apiVersion: apps/v1\nkind: Deployment\nspec: {}\n", "Kubernetes"),
        ("apiVersion: imageregistry.operator.openshift.io/v1\nkind: Config\nspec: {storage: {s3: {}}}\n", "operator"),
        ("persistence: {imageChartStorage: {type: s3}}\n", "Harbor's chart"),
        ("hostname: h\nstorage_service: {s3: {bucket: b}}\n", "harbor.yml"),
        ("storage: {type: s3, s3: {bucket: b}}\n", "Helm chart"),
        ("insecure-registries: []\n", "daemon"),
        ("common: {loglevel: info}\ns3: {storage: s3}\n", "first registry"),
    ],
)
def test_a_neighbour_is_named(text: str, name: str) -> None:
    assert name in found(ID, text)[0].what


def test_nothing_of_such_a_file_works() -> None:
    outcomes = foretell("services: {}\n", {}).predictions.values()
    assert {outcome.outcome.value for outcome in outcomes} == {"fails"}


def test_its_keys_are_not_called_misspelt() -> None:
    results = {result.id: result for result in foretell("services: {}\n", {}).results}
    assert results["config.unknown-keys"].blocked_by == ("config.kind",)


CONFIGS = [FILESYSTEM, FILESYSTEM + "services: {}\n", "storage: {s3: {bucket: b}}\n", "", "nonsense: 1\n"]


@pytest.mark.parametrize("text", CONFIGS)
def test_a_config_is_left_alone(text: str) -> None:
    results = {result.id: result for result in foretell(text, {}).results}
    assert results[ID].findings == ()


def test_an_operator_with_two_storages() -> None:
    text = "apiVersion: imageregistry.operator.openshift.io/v1\nkind: Config\nspec: {storage: {emptyDir: {}, s3: {}}}\n"
    assert "emptyDir, s3" in found(ID, text)[1].what
