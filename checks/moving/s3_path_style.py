"""`moving.s3-path-style`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check(
    "moving.s3-path-style", when=("storage.*.regionendpoint",), needs=["storage.driver"], drivers=["s3"], releases=OLD
)
def s3_path_style(config: Config) -> Iterator[Finding]:
    """The bucket is found by 3.x, too.

    Up to 2.8 an endpoint implied that the bucket stands in the path. From 3.0 on it goes in front of the host name
    unless forcepathstyle is true; that is the most common break of the move.
    """
    endpoint = config.parameter("regionendpoint").text
    if endpoint and "amazonaws.com" not in endpoint and config.parameter("forcepathstyle").value is not True:
        yield note(
            what="3.x will put the bucket in front of the endpoint's host.",
            why="Without a wildcard in DNS and in the certificate, a 3.x registry starts and every request fails.",
            fix=f"Add forcepathstyle: true below storage.{config.driver} before the move; 2.x ignores it.",
            where=f"storage.{config.driver}.regionendpoint",
            releases=NEW,
        )
