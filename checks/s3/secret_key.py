"""`s3.secret-key`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, warning

from ._store import REQUESTS, at_amazon

MISTAKES = (
    ("\n", "a line break"),
    ("\r", "a carriage return"),
    (" ", "a blank"),
    ("\t", "a tab"),
    ('"', "a quote"),
    ("'", "a quote"),
)


@check("s3.secret-key", needs=["storage.driver"], drivers=["s3", "s3goamz"])
def secret_key(config: Config) -> Iterator[Finding]:
    """The secret key is the secret, and nothing around it.

    A secret that was read from a file often brings its line break along, one from a template its quotes. Both are
    part of the secret then, and each signature is wrong. Amazon's secrets have 40 characters. The registry checks
    none of this when it starts.
    """
    key = config.parameter("secretkey")
    if not key.value or not config.parameter("accesskey").value:
        return
    amazon = at_amazon(config)
    if found := next((name for letter, name in MISTAKES if letter in key.text), ""):
        say = blocker if amazon else warning
        yield say(
            what=f"The secret key holds {found}.",
            why="It becomes part of the secret: the registry starts, and the store refuses each signature.",
            fix="Take it out: write the secret alone, in one pair of quotes, with no line break at its end.",
            where=key.path,
            breaks=REQUESTS if amazon else (),
        )
    elif amazon and len(key.text) != 40:
        yield warning(
            what="The secret key does not have the 40 characters of Amazon's secrets.",
            why="If it was cut or put together wrongly, the registry starts and Amazon refuses each signature.",
            fix="Copy the secret again, or make a new key.",
            where=key.path,
        )
