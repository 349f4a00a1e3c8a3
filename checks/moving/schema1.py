"""`moving.schema1`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.schema1", when=("compatibility",), releases=OLD)
def schema1(config: Config) -> Iterator[Finding]:
    """All images can still be pulled.

    Manifests of the first schema, written by Docker before 1.10, were dropped in 3.0: `compatibility.schema1` is
    ignored and such images cannot be pulled.
    """
    if config.get("compatibility.schema1.enabled") is True or config.text_at("compatibility.schema1.signingkeyfile"):
        yield note(
            what="3.x knows no manifests of the first schema.",
            why="Images that were pushed in that form cannot be pulled from a 3.x registry.",
            fix="Pull and push them again with a current client before the move.",
            where="compatibility.schema1",
            releases=NEW,
        )
