"""`environment.quoted`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, Config, Finding, Where, check, note, warning

#: Variables that no YAML reader takes the quotes off.
_LITERAL = (
    "AWS_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "GOOGLE_",
    "AZURE_",
)
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off"))


@check("environment.quoted", when=("$*",))
def quoted(config: Config) -> Iterator[Finding]:
    """No variable's value came with its quotes.

    In the list form of a Compose file (`- NAME="true"`) and in Docker's env-files the quotes belong to the value. The
    registry reads the values of its own variables as YAML, which takes one pair of quotes off and makes text of what
    was a boolean or a number. Other variables, such as AWS_ACCESS_KEY_ID, keep them.
    """
    for name, value in config.environment.items():
        if len(value) < 2 or value[0] not in "\"'" or value[-1] != value[0]:
            continue
        if name.startswith(_LITERAL):
            yield warning(
                what=f"The value of {name} begins and ends with quotes, which belong to it.",
                why="Whoever reads the variable takes the quotes for a part of the name, the key or the address.",
                fix=f"Write {name}=VALUE without quotes; in Compose's list form put the quotes around the whole entry.",
                where=Where(variable=name),
            )
        elif name.startswith("REGISTRY_"):
            yield from _of_registry(config, name, value)


def _of_registry(config: Config, name: str, value: str) -> Iterator[Finding]:
    path = next(
        (override.path for override in config.overrides if override.name == name and override.fate == "applied"), ""
    )
    inner = value[1:-1]
    plain = (inner.lower() in _WORDS or inner.isdigit()) and not _is_secret(config, path)
    fix = f"Write {name}={inner if plain else 'VALUE'} without quotes; in a list of Compose, quote the whole entry."
    if path == "storage.delete.enabled" and inner.lower() == "true":
        yield warning(
            what=f"{name} is the text {value}, quotes included, where a boolean belongs.",
            why="A text counts as false there: the registry refuses to delete, and says so to clients only.",
            fix=fix,
            where=Where(path=path, variable=name),
            breaks=(DELETE,),
        )
    elif plain:
        yield warning(
            what=f"{name} is the text {value}, quotes included, and no boolean or number.",
            why="Where a setting wants a boolean or a number, the registry refuses the text or takes it for unset.",
            fix=fix,
            where=Where(path=path, variable=name),
        )
    else:
        yield note(
            what=f"The value of {name} begins and ends with quotes.",
            why="The registry's YAML reader takes one pair of them off; a reader that does not will keep them.",
            fix=fix,
            where=Where(path=path, variable=name),
        )


def _is_secret(config: Config, path: str) -> bool:
    """Whether the value is a secret: text by nature, and not to be shown."""
    prefix = f"storage.{config.driver}."
    entry = config.parameters.entries.get(path.removeprefix(prefix), {}) if path.startswith(prefix) else {}
    return bool(entry.get("secret")) or path.endswith(("secret", "password"))
