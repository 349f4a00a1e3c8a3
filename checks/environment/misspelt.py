"""`environment.misspelt`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, UnknownKey, Where, check, meant, releases_reading, unread_keys, warning

from ._names import joined


@check("environment.misspelt", when=("$REGISTRY_*",))
def misspelt(config: Config) -> Iterator[Finding]:
    """No REGISTRY_ variable makes a key that the registry does not read.

    Each underscore opens another level, so REGISTRY_STORAGE_S3_ACCESS_KEY makes a map `access` with `key` in it, which
    the driver passes over; the variable for `accesskey` is REGISTRY_STORAGE_S3_ACCESSKEY. A key that has an underscore
    of its own, as max_retries of azure, can't be set by a variable except by one that holds the whole section.
    """
    overrides = config.overrides
    if not overrides:
        return
    made = {override.name: override.path for override in overrides if override.fate == "applied"}
    told: set[str] = set()
    for unknown in unread_keys(config):
        name = unknown.where.variable
        if name and name in made:
            told.add(name)
            yield _stray(config, unknown, name, made[name])
    yield from _below_a_value(config, made, told)


def _stray(config: Config, unknown: UnknownKey, name: str, path: str) -> Finding:
    whole = len(path.split(".")) < len(unknown.path.split("."))
    parent, _, _ = unknown.path.rpartition(".")
    # What lies below the stray key belonged to its name: access and key were meant as accesskey.
    rest = path.removeprefix(f"{parent}.").replace(".", "_") if not whole else unknown.key
    guess = UnknownKey(f"{parent}.{rest}", rest, unknown.where, unknown.known)
    right = meant(config, guess) or meant(config, unknown)
    releases = releases_reading(config, unknown.path)
    if releases:
        what = f"{name} sets {unknown.path}, which {config.release.name} does not read; {', '.join(releases)} would."
        fix = f"Unset it for {config.release.name}, or run a release that reads it."
    else:
        what = f"{name} makes the key {unknown.path if whole else path}, which no release reads."
        fix = _fix(name, right, whole) if right else "Unset it, or check its name against the driver's parameters."
    return warning(
        what=what,
        why="The registry starts as if the variable were not set, and says nothing.",
        fix=fix,
        where=Where(path=unknown.path, variable=name),
    )


def _fix(name: str, right: str, whole: bool) -> str:
    section, _, key = right.rpartition(".")
    if whole:
        return f"Write {key!r} inside the value of {name}."
    if "_" in key:
        whole_section = f"{joined(section)}='{{{key}: ..., ...}}'"
        return f"No variable reaches {right}: set it in the file, or the whole section by {whole_section}."
    return f"Set {joined(right)} instead of {name}."


def _below_a_value(config: Config, made: dict[str, str], told: set[str]) -> Iterator[Finding]:
    """REGISTRY_STORAGE_S3_BUCKET_NAME makes a map of the bucket's name, which the driver prints as text."""
    prefix = f"storage.{config.driver}."
    for name, path in made.items():
        if not config.driver or not path.startswith(prefix) or name in told:
            continue
        first, dot, rest = path.removeprefix(prefix).partition(".")
        entry = config.parameters.entries.get(first)
        if dot and entry is not None and not _takes_a_map(config, first):
            guess = f"{first}_{rest.replace('.', '_')}"
            known = config.parameters.names
            near = meant(config, UnknownKey(prefix + guess, guess, Where(variable=name), known))
            yield warning(
                what=f"{name} makes a map of {prefix}{first}, which takes one value.",
                why="The driver refuses the map, or prints it and works with its text.",
                fix=f"Set {joined(near or prefix + first)} instead of {name}.",
                where=Where(path=path, variable=name),
            )


def _takes_a_map(config: Config, name: str) -> bool:
    kind = config.parameters.entries[name].get("type")
    return "map" in str(kind) or any(other.startswith(f"{name}.") for other in config.parameters.entries)
