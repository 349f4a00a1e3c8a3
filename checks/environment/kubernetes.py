"""`environment.kubernetes`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, Config, Finding, Where, blocker, check, note

from ._names import is_service_link

_FIX = "Set `enableServiceLinks: false` in the pod's spec, or give the Service a name without registry."


@check("environment.kubernetes", when=("$REGISTRY_*",))
def kubernetes(config: Config) -> Iterator[Finding]:
    """The variables that Kubernetes sets for Services do not disturb the registry.

    A pod gets variables for each Service of its namespace. Those of a Service named registry begin with REGISTRY_ and
    the registry tries to read them: mostly it logs that it does not know them. A Service whose name continues like a
    setting does harm; one named registry-storage, registry-auth or registry-middleware stops the registry.
    """
    links = [
        name
        for name, value in config.environment.items()
        if name.startswith("REGISTRY_") and is_service_link(name, value)
    ]
    if not links:
        return
    fatal = {problem.where.variable for problem in config.problems if problem.where.variable}
    stopping = [name for name in links if name in fatal or name.startswith("REGISTRY_STORAGE_")]
    if stopping and config.problems:
        name = next((name for name in stopping if name in fatal), stopping[0])
        yield blocker(
            what=f"Kubernetes sets {name} for a Service, and the registry takes it for a setting of its"
            f" {name.split('_')[1].lower()} section.",
            why="The registry fails at start: the value does not fit, or the name counts as a second driver.",
            fix=_FIX,
            where=Where(variable=name),
            breaks=EVERY_STAGE,
        )
        return
    yield note(
        what=f"Kubernetes sets variables such as {min(links)} for a Service (seen: {len(links)}).",
        why="The registry logs that it does not know them; they have no effect.",
        fix="Set `enableServiceLinks: false` in the pod's spec to be rid of the warnings.",
        where=Where(variable=min(links)),
    )
