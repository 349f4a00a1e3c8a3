"""`storage.required`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, Parameter, blocker, check


@check("storage.required", needs=["storage.driver"], stages=(START, GC))
def required(config: Config) -> Iterator[Finding]:
    """Every parameter that the driver can't do without is given.

    A driver that misses a parameter stops the registry at start. Which ones it needs differs by release, and some are
    needed only beside others: 3.x does without a region where an endpoint is given, 2.x does not.
    """
    for parameter, because in config.parameters.missing():
        where = config.where(parameter.path if parameter.given else f"storage.{config.driver}", key=True)
        yield blocker(
            what=f"The {config.driver} driver has no {parameter.name}{because}.",
            why="The registry panics at start while it builds its storage driver.",
            fix=f"Set {parameter.path}{_choice(config, parameter)}. {parameter.entry['doc']}",
            where=where._replace(path=parameter.path),
            breaks=EVERY_STAGE,
        )


def _choice(config: Config, parameter: Parameter) -> str:
    words = config.parameters.allowed(parameter.name)
    return f" to one of {', '.join(words)}" if 0 < len(words) < 6 else ""
