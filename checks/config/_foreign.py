"""Files that are taken for a registry's config: what they are, by their keys."""

from __future__ import annotations

from typing import Protocol

from registry_preflight import Config


class Node(Protocol):
    """A place in the file's tree, as far as it matters here."""

    kind: str
    line: int
    column: int
    value: str

    @property
    def children(self) -> list[Node]: ...  # pairs of key and value in a mapping


def kind_of(config: Config) -> str:
    """A word for the kind of file; empty for a registry's config and for what nobody knows."""
    root = config.reading.root
    # Read as a whole config with a driver, it is one, whatever else stands in it.
    if root is None or root.kind != "mapping" or config.driver_known:
        return ""
    keys = keys_of(root)
    if {"apiVersion", "kind"} <= keys:
        return _of_kubernetes(root, keys)
    if "services" in keys:
        return "compose"
    if "imageChartStorage" in keys or below(root, "persistence", "imageChartStorage") is not None:
        return "harbor-chart"
    if "storage_service" in keys or "harbor_admin_password" in keys:
        return "harbor"
    if keys & {"insecure-registries", "registry-mirrors", "storage-driver", "data-root"}:
        return "daemon"
    if "common" in keys and keys & {"local", "s3", "dev", "prod", "swift", "gcs"}:
        return "v1"
    storage = below(root, "storage")
    typed = storage is not None and "type" in keys_of(storage)
    return "chart" if typed or {"image", "service"} <= keys or "replicaCount" in keys or "configData" in keys else ""


def _of_kubernetes(root: Node, keys: set[str]) -> str:
    if text(root, "apiVersion").startswith("imageregistry.operator.openshift.io"):
        return "operator"
    return "configmap" if text(root, "kind") in ("ConfigMap", "Secret") else "manifest"


def keys_of(node: Node | None) -> set[str]:
    """The keys of a mapping; none of anything else."""
    return {key.value for key in node.children[::2]} if node is not None and node.kind == "mapping" else set()


def below(node: Node | None, *path: str) -> Node | None:
    """The node at the end of a path of keys; `None` where the path ends before."""
    for name in path:
        if node is None or node.kind != "mapping":
            return None
        node = next((value for key, value in zip(node.children[::2], node.children[1::2], strict=True) if key.value == name), None)
    return node


def text(node: Node | None, name: str) -> str:
    """The scalar under a key; empty where there is none."""
    found = below(node, name)
    return found.value if found is not None and found.kind == "scalar" else ""
