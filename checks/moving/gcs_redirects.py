"""`moving.gcs-redirects`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.gcs-redirects", needs=["storage.driver"], drivers=["gcs"], releases=OLD)
def gcs_redirects(config: Config) -> Iterator[Finding]:
    """Pulls go on to work with default credentials.

    Without a private key 2.x hands out layers itself. From 3.0 on the driver asks Google to sign the address for
    the client, and the pull fails where its identity may not. An upload takes chunks of 16 MiB instead of 5 MiB
    from memory.
    """
    keyed = config.parameter("keyfile").given or config.parameters.raw("credentials")[0]
    if not keyed and config.redirects:
        yield note(
            what="3.x will ask Google to sign the addresses for pulls, since there is no private key.",
            why="Without iam.serviceAccounts.signBlob each pull of a layer fails.",
            fix="Grant that right before the move, or set storage.redirect.disable: true.",
            where=f"storage.{config.driver}",
            releases=NEW,
        )
    if not config.parameter("chunksize").given:
        yield note(
            what="3.x uploads in chunks of 16 MiB where 2.x takes 5 MiB.",
            why="Each upload in progress needs that much more memory.",
            fix=f"Set storage.{config.driver}.chunksize: 5242880 to keep it as it is.",
            where=f"storage.{config.driver}.chunksize",
            releases=NEW,
        )
