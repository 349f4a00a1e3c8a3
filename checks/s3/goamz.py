"""`s3.goamz`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, NeedsNetwork, blocker, check


@check("s3.goamz", needs=["storage.driver"], drivers=["s3goamz"], stages=(START, GC))
def goamz(config: Config) -> Iterator[Finding]:
    """The older S3 driver finds credentials at start and signs as the region demands.

    s3goamz, in release 2.5 for the last time, looks for credentials when it is built: the pair of keys in the config,
    the environment, the shared file, the role of the instance. With none the start fails. It signs with version 2
    unless `v4auth` is true, and refuses eu-central-1 then, which takes version 4 alone.
    """
    v4auth = config.parameter("v4auth")
    if config.parameter("region").text == "eu-central-1" and v4auth.value is False:
        yield blocker(
            what="The region eu-central-1 takes signature version 4 alone, and v4auth is not true.",
            why="The driver refuses this pair at start.",
            fix=f"Set {v4auth.path}: true, or rename the driver to s3.",
            where=v4auth.path if v4auth.given else config.parameter("region").path,
            breaks=EVERY_STAGE,
            releases=("registry-2.5",),
        )
        return
    if config.parameter("accesskey").value and config.parameter("secretkey").value:
        return
    environment = config.environment
    access = environment.get("AWS_ACCESS_KEY_ID") or environment.get("AWS_ACCESS_KEY")
    if not (access and (environment.get("AWS_SECRET_ACCESS_KEY") or environment.get("AWS_SECRET_KEY"))):
        raise NeedsNetwork(
            "the s3goamz driver looks for credentials at start, and neither the config nor the environment has a pair"
        )
