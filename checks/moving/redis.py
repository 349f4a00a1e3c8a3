"""`moving.redis`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.redis", when=("redis",), releases=OLD)
def redis(config: Config) -> Iterator[Finding]:
    """The Redis server is found by 3.x.

    Up to 2.8 `redis.addr` names the server. From 3.0 on the list `redis.addrs` does, and other keys have other
    names: a section of 2.x counts as no Redis at all, and a cache that wants it stops the start.
    """
    if config.text_at("redis.addr") and not config.has("redis.addrs"):
        cached = "redis" in (config.get("storage.cache.blobdescriptor"), config.get("storage.cache.layerinfo"))
        yield note(
            what="3.x does not read redis.addr.",
            why="A 3.x registry panics at start, since its cache has no Redis."
            if cached
            else "A 3.x registry does without Redis, silently.",
            fix=f"Add addrs: [{config.text_at('redis.addr')}] below redis for the move, and look up the other keys.",
            where="redis.addr",
            releases=NEW,
        )
