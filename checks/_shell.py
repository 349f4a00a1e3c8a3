"""What this shell has and the registry's environment, as it was given, has not."""

from __future__ import annotations

import os

from registry_preflight import Config


def unshared(config: Config, *names: str) -> str:
    """A sentence on variables of this shell that are not counted on, to follow another; empty where there is none.

    The registry's environment is what `--env` and `--env-file` give, and the REGISTRY_ variables of this process.
    """
    found = [name for name in names if os.environ.get(name) and name not in config.environment]
    if not found:
        return ""
    return f" This shell has {found[0]}, which was not counted on: give --env {found[0]} if the registry has it too."
