"""`s3.user-agent`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note


@check("s3.user-agent", when=("storage.*.useragent",), needs=["storage.driver"], drivers=["s3", "s3goamz"])
def user_agent(config: Config) -> Iterator[Finding]:
    """A User-Agent of one's own reaches the store.

    Up to 2.8 `serve` puts the registry's own text in the place of `useragent` for every driver, whatever it says;
    `garbage-collect` does not. From 3.0 on the value is used.
    """
    parameter = config.parameter("useragent")
    if parameter.text and config.release.fact("user_agent_overwritten"):
        yield note(
            what="useragent is set, and this release overwrites it with its own.",
            why="A rule at the store that goes by this text does not see it.",
            fix=f"Remove {parameter.path}, or use a 3.x release.",
            where=parameter.path,
            releases=("registry-2.5", "registry-2.7", "registry-2.8"),
        )
