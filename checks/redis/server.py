"""`redis.server`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning


@check("redis.server", when=("redis",))
def server(config: Config) -> Iterator[Finding]:
    """The redis section names a server in the way that the release reads.

    Up to 2.8 the server stands in `redis.addr`, from 3.0 on in the list `redis.addrs`. Each silently ignores the
    other's key, and a section without a server counts as no Redis at all. If the cache is to be in Redis, the registry
    then panics at start; storage.cache tells that.
    """
    if not config.has("redis"):
        return
    ours, theirs = ("addr", "addrs") if config.release.major < 3 else ("addrs", "addr")
    if config.get(f"redis.{ours}"):
        return
    foreign = next((found for found in config.unknown_keys() if found.path == f"redis.{theirs}"), None)
    yield warning(
        what=f"{config.release.name} does not read redis.{theirs}." if foreign else f"The redis section has no {ours}.",
        why="Without a server that it knows, the registry silently does without Redis.",
        fix=f"Write {ours}: {'HOST:6379' if ours == 'addr' else '[HOST:6379]'} below redis.",
        where=foreign.where if foreign else "redis",
    )
