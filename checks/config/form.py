"""`config.form`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note


@check("config.form", when=("!section",))
def form(config: Config) -> Iterator[Finding]:
    """The file is a registry's whole config.

    A storage section alone is read as well, with its `storage:` line or without it: that is what Docker Trusted
    Registry takes. Everything outside it (cache, authentication, TLS) is then not looked at. A registry itself needs
    the whole file, with its version.
    """
    if config.form == "config":
        return
    lacks = "and has no `version`" if config.form == "section" else "without its `storage:` line"
    yield note(
        what=f"The file is a storage section alone {lacks}; it was read as the storage of an empty config.",
        why="A registry that is given this very file refuses it.",
        fix="Give the whole config, unless it goes into a product that asks for the storage section.",
    )
