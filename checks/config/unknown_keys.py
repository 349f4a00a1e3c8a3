"""`config.unknown-keys`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, meant, releases_reading, unread_keys, warning


@check("config.unknown-keys", needs=["config.kind"], when=("!unread",))
def unknown_keys(config: Config) -> Iterator[Finding]:
    """Every key of the file is one that the registry reads.

    A registry passes over a key that it does not know without a word, in every release and in every section. So a
    misspelt key leaves the default in force, and the registry starts. Keys are lower case without underscores,
    whatever a storage's own tools call them.
    """
    for unknown in unread_keys(config):
        # Keys of other releases and those that a variable made by accident have checks of their own.
        if unknown.where.variable or unknown.key.startswith("x-") or releases_reading(config, unknown.path):
            continue
        right = meant(config, unknown)
        yield warning(
            what=f"No release reads the key {unknown.path!r}.",
            why="The registry starts as if the line were not there.",
            fix=_fix(unknown.path, right),
            where=unknown.where,
        )


def _fix(path: str, right: str) -> str:
    if not right:
        return "Remove it, or look up what the setting is called."
    parent, _, key = path.rpartition(".")
    section, _, name = right.rpartition(".")
    if section == parent:
        return f"Write {name!r} instead of {key!r}."
    return f"Move it to {right!r}: it stands at the wrong level." if name == key else f"Write {right!r}."
