"""`config.compose-variables`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Node, Where, blocker, check

from .._tree import below, kind_of, pairs, text


@check("config.compose-variables", when=("!driverless",))
def compose_variables(config: Config) -> Iterator[Finding]:
    """In a Compose file, the registry's variables stand with the registry's own service.

    A variable reaches the container that it is given to and no other. REGISTRY_STORAGE_DELETE_ENABLED on the service
    of a web interface leaves the registry as it was.
    """
    if kind_of(config) != "compose":
        return
    for name, service in pairs(below(config.reading.root, "services")):
        if _is_registry(name, service):
            continue
        for variable in _variables(service):
            yield blocker(
                what=f"{variable.value.partition('=')[0]} is given to the service {name!r}, which is no registry.",
                why="The registry does not see it, and its setting stays as it was.",
                fix="Move it to the environment of the service that runs the registry.",
                where=Where(path=f"services.{name}.environment", line=variable.line, column=variable.column),
            )


def _is_registry(name: str, service: Node) -> bool:
    """Going by the image, or by the name where the image is built on the spot."""
    image = text(service, "image").rpartition("@")[0] or text(service, "image")
    base = image.rpartition("/")[2].partition(":")[0]
    if not image:
        return "registry" in name
    return base in ("registry", "distribution") or (base.startswith("registry-") and "ui" not in base)


def _variables(service: Node) -> list[Node]:
    environment = below(service, "environment")
    if environment is None:
        return []
    found = environment.children[::2] if environment.kind == "mapping" else environment.children
    # The interfaces themselves have settings such as REGISTRY_TITLE and REGISTRY_URL.
    return [node for node in found if node.value.startswith(("REGISTRY_STORAGE_", "REGISTRY_HTTP_", "REGISTRY_AUTH_"))]
