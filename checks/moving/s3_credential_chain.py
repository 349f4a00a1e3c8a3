"""`moving.s3-credential-chain`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.s3-credential-chain", needs=["storage.driver"], drivers=["s3"], releases=OLD)
def s3_credential_chain(config: Config) -> Iterator[Finding]:
    """The identity stays the same in 3.x.

    Up to 2.8 the driver asks the environment, the shared file and the EC2 instance, in this order. From 3.0 on it
    asks the whole chain of the AWS library: web identity, profiles and container roles come before the instance.
    """
    if not (config.parameter("accesskey").value and config.parameter("secretkey").value):
        yield note(
            what="Without a pair of keys, 3.x may find other credentials than 2.x.",
            why="A web identity, a profile or a container role is asked before the role of the instance, and may have"
            " other rights on the bucket.",
            fix="Check which identity the machine or container offers first, and give it the rights.",
            where=f"storage.{config.driver}.accesskey",
            releases=NEW,
        )
