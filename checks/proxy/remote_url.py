"""`proxy.remote-url`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PUSH, START, Config, Finding, blocker, check, note

from .._serving import PANICS, SERVING
from .._urls import Url, parse

_PATH = "proxy.remoteurl"
#: Each by itself, since variables may set one without the section.
_HELPER = ("proxy.exec", "proxy.exec.command", "proxy.exec.lifetime")


@check("proxy.remote-url", when=("proxy",), stages=(START, PUSH, DELETE))
def remote_url(config: Config) -> Iterator[Finding]:
    """The registry takes pushes: it is not a pull-through cache.

    With `proxy.remoteurl` the registry serves what another registry has, and keeps a copy. It then refuses every push
    and every delete of its own with status 405 (2.8.2, seen), whatever the storage section says.

    The address must be a full http or https URL. From 2.7 on the registry calls it at start and panics where nothing
    answers; with `proxy.exec`, which came with 3.0, it does not. It also reads the state of its clean-up from the
    storage at start.
    """
    text = config.text_at(_PATH)
    if not text:
        return
    url = parse(text)
    if wrong := url.wrong or _uncallable(config, url):
        yield blocker(
            what=f"{_PATH} is {text!r}: {wrong}.",
            why=PANICS,
            fix="Write the whole address, such as https://registry-1.docker.io.",
            where=_PATH,
            breaks=SERVING,
        )
        return
    yield note(
        what=f"The registry is a pull-through cache of {text}.",
        why="It answers 405 to every push and every delete.",
        fix="Remove proxy.remoteurl if it is to take images of your own.",
        where=_PATH,
        breaks=(PUSH, DELETE),
    )


def _uncallable(config: Config, url: Url) -> str:
    """Why the call at start can't be made, where one is made."""
    if config.release.before("2.7") or _runs_helper(config):
        return ""
    if url.scheme not in ("http", "https"):
        return f"the registry can't call {url.scheme}" if url.scheme else "it has no scheme"
    return "" if url.host else "it has no host"


def _runs_helper(config: Config) -> bool:
    return config.release.major >= 3 and any(map(config.has, _HELPER))
