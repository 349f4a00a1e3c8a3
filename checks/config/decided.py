"""`config.decided`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, NeedsNetwork, check


@check("config.decided", needs=["storage.driver"], proves=(START,))
def decided(config: Config) -> Iterator[Finding]:
    """What decides whether the registry starts is looked at.

    A driver such as s3 or filesystem does not look at its storage before the first request, so the file, its
    environment and the files that they name decide the start. Others (azure up to 2.8, swift, oss, gcs without a key of
    its own) call their storage at start, and a pull-through cache calls the registry that it mirrors: then nothing but
    that call can tell. For azure and swift the checks of the driver make it, unless --offline forbids it.
    """
    reason = config.network_at_start()
    if reason:
        raise NeedsNetwork(reason)
    return
    yield
