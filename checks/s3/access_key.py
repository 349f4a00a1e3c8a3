"""`s3.access-key`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Parameter, blocker, check, warning

from ._store import REQUESTS, at_amazon

DROP = "Write the id alone, as the console shows it, without quotes or blanks inside the value."


@check("s3.access-key", needs=["storage.driver"], drivers=["s3", "s3goamz"])
def access_key(config: Config) -> Iterator[Finding]:
    """The access key is the id of a key, as it was given out.

    The id goes into the header that signs each request, as it is: a line break makes Go refuse to send the request, and
    a slash, a blank or a quote puts what follows out of place. Amazon's ids are letters and digits, 16 to 128 of them;
    those that begin with ASIA are temporary and need a session token, for which the config has no key. Nothing of this
    is looked at when the registry starts.
    """
    key = config.parameter("accesskey")
    if not key.value or not config.parameter("secretkey").value:
        return
    text = key.text
    if any(letter < " " or letter == "\x7f" for letter in text):
        yield _mangled(key, "holds a line break or another control character", True)
    elif text != text.strip() or any(letter in " \"'/,=\\<>${}" for letter in text):
        yield _mangled(key, f"holds {_first_odd(text)}", at_amazon(config))
    elif at_amazon(config):
        yield from _of_amazon(key, text)


def _first_odd(text: str) -> str:
    if " " in text:
        return "a blank"
    return repr(next(letter for letter in text if letter in "\"'/,=\\<>${}"))


def _mangled(key: Parameter, how: str, certain: bool) -> Finding:
    say = blocker if certain else warning
    return say(
        what=f"The access key {how}.",
        why="The registry starts, and then every signed request is malformed or names a key that does not exist.",
        fix=DROP,
        where=key.path,
        breaks=REQUESTS if certain else (),
    )


def _of_amazon(key: Parameter, text: str) -> Iterator[Finding]:
    word = text.replace("_", "")
    if not (16 <= len(text) <= 128 and word.isascii() and word.isalnum()):
        yield blocker(
            what="The access key cannot be one of Amazon's: those are 16 to 128 letters and digits.",
            why="The registry starts, and Amazon then refuses every request: there is no such key.",
            fix=DROP,
            where=key.path,
            breaks=REQUESTS,
        )
    elif text == "AKIAIOSFODNN7EXAMPLE":
        yield blocker(
            what="The access key is the example of Amazon's documentation.",
            why="Nobody owns it: the registry starts, and Amazon refuses every request.",
            fix="Give a key of your own.",
            where=key.path,
            breaks=REQUESTS,
        )
    elif text.startswith("ASIA"):
        yield blocker(
            what="The access key begins with ASIA: it is a temporary one.",
            why="Temporary keys need a session token beside them. The config has no key for it in any release, so"
            " Amazon refuses every request.",
            fix="Give a long-lived key (AKIA...), or remove both keys and set AWS_ACCESS_KEY_ID,"
            " AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
            where=key.path,
            breaks=REQUESTS,
        )
