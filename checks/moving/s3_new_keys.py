"""`moving.s3-new-keys`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD

#: Regions that stand in the list of every release, which is all that most configs name.
KNOWN = ("us-east-1", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1")


@check("moving.s3-new-keys", needs=["storage.driver"], drivers=["s3"], releases=NEW)
def s3_new_keys(config: Config) -> Iterator[Finding]:
    """The config still means the same after going back to 2.x.

    Keys that came with 3.0 or later are ignored by 2.x without a word, and an endpoint implies the bucket in the
    path there. A region that only 3.x knows stops a 2.x registry at start.
    """
    given = config.parameters.given
    if not given:
        return
    for name in ("forcepathstyle", "accelerate", "usedualstack", "usefipsendpoint", "loglevel"):
        if given.get(name) not in (None, False):
            yield note(
                what=f"2.x does not read {name}.",
                why="After going back to 2.x the registry behaves as if the line were not there; with an endpoint it"
                " always puts the bucket into the path.",
                fix="Nothing, unless a way back is wanted.",
                where=f"storage.{config.driver}.{name}",
                releases=OLD,
            )
    region = config.parameter("region")
    # With an endpoint no release compares the region, and these every release knows.
    if not region.given or region.wanted or region.text in KNOWN or config.parameter("regionendpoint").text:
        return
    refusing = [name for name in config.parameters.releases_that_refuse(region) if name in OLD]
    if refusing:
        yield note(
            what=f"2.x does not know the region {region.text}.",
            why="After going back the registry panics at start.",
            fix=f"For a way back set storage.{config.driver}.regionendpoint: https://s3.{region.text}.amazonaws.com",
            where=region.path,
            releases=tuple(refusing),
        )
