"""`environment.case`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, warning


@check("environment.case", when=("$*",))
def case(config: Config) -> Iterator[Finding]:
    """Every variable that is meant for the registry begins with REGISTRY_, in capitals.

    The registry looks at no other names: not at registry_storage, not at DOCKER_REGISTRY_STORAGE. After the prefix,
    capitals count as well.
    """
    for name in config.environment:
        if name.startswith("REGISTRY_"):
            if name.isupper() or name.upper() == name:
                continue
            why = "The registry finds no setting of this name: it compares capitals."
        elif name[:9].upper() in ("REGISTRY_", "REGISTRY-", "REGISTRY.") or name.startswith("DOCKER_REGISTRY_"):
            if name.startswith("DOCKER_REGISTRY_") and not name.startswith(
                ("DOCKER_REGISTRY_STORAGE", "DOCKER_REGISTRY_HTTP", "DOCKER_REGISTRY_AUTH")
            ):
                continue
            why = "The registry looks only at names that begin with REGISTRY_, and ignores this one without a word."
        else:
            continue
        yield warning(
            what=f"{name} is not spelt as the registry's variables are.",
            why=why,
            fix=f"Set {name.removeprefix('DOCKER_').upper().replace('-', '_').replace('.', '_')} instead.",
            where=Where(variable=name),
        )
