"""`moving.azure-credentials`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.azure-credentials", needs=["storage.driver"], drivers=["azure"], releases=OLD)
def azure_credentials(config: Config) -> Iterator[Finding]:
    """The config says how to log in, as 3.x wants it.

    Up to 2.8 the driver logs in with the account key and nothing else. From 3.0 on `credentials.type` has to say
    so.
    """
    given, kind, _ = config.parameters.raw("credentials.type")
    if not given or kind not in ("shared_key", "client_secret", "default_credentials"):
        yield note(
            what="The config does not say how to log in, which 3.x wants to be told.",
            why="A 3.x registry panics at start with it: the type of credentials is invalid.",
            fix="Add credentials: {type: shared_key} below storage.azure before the move; 2.x ignores it.",
            where="storage.azure",
            releases=NEW,
        )
