"""`moving.user-agent`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note


@check("moving.user-agent", when=("storage.*.useragent",), needs=["storage.driver"], drivers=["s3"])
def user_agent(config: Config) -> Iterator[Finding]:
    """The text for the User-Agent is used.

    Up to 2.8 the registry puts its own text in the place of `useragent`. From 3.0 on the value is used.
    """
    parameter = config.parameter("useragent")
    if parameter.given and parameter.text:
        yield note(
            what="useragent is overwritten by 2.x and used from 3.0 on.",
            why="A rule at the store that goes by the User-Agent sees another text after the move.",
            fix="Check rules and statistics at the store that go by it.",
            where=parameter.path,
        )
