"""`proxy.pulls`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, CannotTell, Config, Finding, check


@check("proxy.pulls", when=("proxy",), stages=(PULL,))
def pulls(config: Config) -> Iterator[Finding]:
    """Pulls are served from the registry's own storage.

    A pull-through cache asks the registry that it mirrors at each pull, and fetches what it does not have yet. Whether
    that works is up to the other registry and to the network between them.
    """
    if config.text_at("proxy.remoteurl"):
        raise CannotTell("a pull-through cache serves what another registry has")
    return
    yield
