"""`storage.cache`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check, nearest, note, printed, warning

from .._serving import PANICS, SERVING, shown

_SIZE = "storage.cache.blobdescriptorsize"


@check("storage.cache", when=("storage.cache",), stages=(START,))
def cache(config: Config) -> Iterator[Finding]:
    """The cache is one that the registry has, with what it needs.

    `storage.cache.blobdescriptor` is inmemory or redis; its older name `layerinfo` counts where the newer one is not
    there. With redis and without a usable `redis` section the registry panics at start. Any other word leaves it
    without a cache and with one line in the log. `blobdescriptorsize` is read from 3.0 on, for inmemory.
    """
    if not config.has("storage.cache"):
        return
    path = "storage.cache.blobdescriptor" if config.has("storage.cache.blobdescriptor") else "storage.cache.layerinfo"
    kind = config.get(path)
    if kind == "redis":
        yield from _redis(config, path)
    elif kind not in ("inmemory", ""):
        yield _unknown(config, kind, path)
    if config.has(_SIZE):
        yield from _size(config, kind)


def _redis(config: Config, path: str) -> Iterator[Finding]:
    key = "redis.addr" if config.release.major < 3 else "redis.addrs"
    if config.get(key):
        return
    example = "redis: {addr: HOST:6379}" if config.release.major < 3 else "redis: {addrs: [HOST:6379]}"
    yield blocker(
        what=f"The cache is redis, and {key} is not set.",
        why=f"{PANICS[:-1]}: there is no Redis to keep the cache in.",
        fix=f"Write {example} at the top level, or set {path} to inmemory.",
        where=path,
        breaks=SERVING,
    )


def _unknown(config: Config, kind: object, path: str) -> Finding:
    near = nearest(kind, ["inmemory", "redis"]) if isinstance(kind, str) else ""
    return warning(
        what=f"{path} is {shown(kind)}, which is no cache." if config.has(path) else "storage.cache names no cache.",
        why="The registry runs without a cache: each request asks the storage for what the cache would know.",
        fix=f"Write {near}." if near else "Write blobdescriptor: inmemory, or leave storage.cache out.",
        where=path,
    )


def _size(config: Config, kind: object) -> Iterator[Finding]:
    value = config.get(_SIZE)
    if config.release.major < 3 or kind != "inmemory":
        yield note(
            what="storage.cache.blobdescriptorsize has no effect here.",
            why="Releases before 3.0 don't read it, and later ones only for the inmemory cache.",
            fix="Leave it out.",
            where=_SIZE,
        )
    elif not _is_number(printed(value)):
        yield blocker(
            what=f"{_SIZE} is {shown(value)}, not a whole number.",
            why=PANICS,
            fix="Write a number such as 10000, which is the default.",
            where=_SIZE,
            breaks=SERVING,
        )


def _is_number(text: str) -> bool:
    digits = text[1:] if text[:1] in ("+", "-") else text
    return digits.isascii() and digits.isdigit() and -(1 << 63) <= int(text) < 1 << 63
