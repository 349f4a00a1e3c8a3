"""The file as a tree, for what the registry does not see: files of another kind, sections that were replaced."""

from __future__ import annotations

from registry_preflight import Config, Node


def kind_of(config: Config) -> str:
    """A word for the kind of file; empty for a registry's config and for what nobody knows."""
    root = config.reading.root
    if root is None:
        return ""
    if root.kind == "scalar" and "registry['storage']" in root.value:
        return "omnibus"
    keys = keys_of(root)
    if "version" not in keys and text(root, "storage") and keys & {"secrets", "configData", text(root, "storage")}:
        return "chart"
    # Read as a whole config with a driver, it is one, whatever else stands in it.
    if root.kind != "mapping" or (config.driver_known and len(config.drivers) == 1):
        return ""
    if {"apiVersion", "kind"} <= keys:
        return _of_kubernetes(root)
    storage = below(root, "storage")
    signs = {
        "operator": below(root, "spec", "storage") is not None,
        "compose": "services" in keys,
        "harbor-chart": "imageChartStorage" in keys or below(root, "persistence", "imageChartStorage") is not None,
        "harbor": bool(keys & {"storage_service", "harbor_admin_password"}),
        "daemon": bool(keys & {"insecure-registries", "registry-mirrors", "storage-driver", "data-root"}),
        "v1": "common" in keys and bool(keys & {"local", "s3", "dev", "prod", "swift", "gcs"}),
        "chart": "type" in keys_of(storage)
        or {"image", "service"} <= keys
        or bool(keys & {"replicaCount", "configData"}),
    }
    return next((kind for kind, told in signs.items() if told), "")


def _of_kubernetes(root: Node) -> str:
    if text(root, "apiVersion").startswith("imageregistry.operator.openshift.io"):
        return "operator"
    return "configmap" if text(root, "kind") in ("ConfigMap", "Secret") else "manifest"


def keys_of(node: Node | None) -> set[str]:
    """The keys of a mapping; none of anything else."""
    return {key for key, _ in pairs(node)}


def pairs(node: Node | None) -> list[tuple[str, Node]]:
    """Keys and values of a mapping; none of anything else."""
    if node is None or (node := node.resolved()).kind != "mapping":
        return []
    return [(key.value, value) for key, value in zip(node.children[::2], node.children[1::2], strict=True)]


def below(node: Node | None, *path: str) -> Node | None:
    """The node at the end of a path of keys; `None` where the path ends before."""
    for name in path:
        node = next((value for key, value in pairs(node) if key == name), None)
        if node is None:
            return None
    return node.resolved() if node is not None else None


def text(node: Node | None, name: str) -> str:
    """The scalar under a key; empty where there is none."""
    found = below(node, name)
    return found.value if found is not None and found.kind == "scalar" else ""
