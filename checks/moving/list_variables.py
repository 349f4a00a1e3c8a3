"""`moving.list-variables`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, note


@check("moving.list-variables", when=("$REGISTRY_*",))
def list_variables(config: Config) -> Iterator[Finding]:
    """Variables with a position in a list do the same on both sides.

    A variable such as REGISTRY_MIDDLEWARE_STORAGE_0_NAME reaches into a list from 3.0 on. 2.x ignores it silently.
    """
    for override in config.overrides:
        if (
            any(piece.isdigit() for piece in override.name.split("_")[2:])
            and not override.name.startswith("REGISTRY_PORT")
            and "_PORT_" not in override.name
        ):
            yield note(
                what=f"{override.name} is ignored by 2.x and takes effect from 3.0 on."
                if config.release.major < 3
                else f"{override.name} takes effect here and is ignored by 2.x.",
                why="The config changes with the release.",
                fix="Write the list into the file.",
                where=Where(path=override.path, variable=override.name),
            )
