"""`moving.s3-tag-lists`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW


@check("moving.s3-tag-lists", needs=["storage.driver"], drivers=["s3"], releases=NEW)
def s3_tag_lists(config: Config) -> Iterator[Finding]:
    """The list of tags is complete.

    In 3.1 on S3 a tag is missing from the list where another tag is the beginning of it: with 1 and 1.0 and 10
    there, 10 is not listed (3.1.1, seen; 2.8.3 on the same bucket lists all). It can still be pulled. Mirrors and
    rules for keeping images that go by the list miss it.
    """
    if config.release.fact("tags_hidden_by_prefix"):
        yield note(
            what="The list of tags lacks some where one tag is the beginning of another; 2.x lists them all.",
            why="Mirroring, clean-up rules and comparisons by that list skip images that are there.",
            fix="Do not clean up by the list of tags with this release.",
            where=f"storage.{config.driver}",
            releases=("registry-3.1",),
        )
