"""`storage.parameters`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, Parameter, blocker, check, printed


@check("storage.parameters", needs=["storage.driver"], stages=(START, GC))
def parameters(config: Config) -> Iterator[Finding]:
    """The driver takes the value of each of its parameters.

    Each driver reads its parameters in its own way, and the way differs by release: one takes "true" in quotes where
    another wants a bare true, one takes 0x500000 for a number, another reads 10MB as 10. A value that is refused stops
    the registry at start, and garbage-collect as well.
    """
    for parameter in config.parameters.refused():
        if parameter.entry.get("told_by"):
            continue  # a check of its own has more to say about it
        yield blocker(
            what=f"The {config.driver} driver refuses {_shown(parameter)} as {parameter.name}.",
            why="The registry panics at start while it builds its storage driver.",
            fix=f"Give {parameter.wanted}.",
            where=parameter.path,
            breaks=EVERY_STAGE,
            releases=config.parameters.releases_that_refuse(parameter),
        )


def _shown(parameter: Parameter) -> str:
    if parameter.raw is None:
        return "a blank"
    if parameter.secret:
        return "this value"
    return repr(parameter.raw) if isinstance(parameter.raw, str) else printed(parameter.raw)
