"""`config.other-release`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, meant, releases_reading, unread_keys, warning

#: Settings that came back under another name: section and key, in 2.x and in 3.x.
_RENAMED = {
    "redis.addr": "redis.addrs, which is a list",
    "redis.pool.maxidle": "redis.maxidleconns",
    "redis.pool.maxactive": "redis.maxactiveconns",
    "redis.pool.idletimeout": "redis.connmaxidletime",
    "redis.pool": "redis.maxidleconns, redis.maxactiveconns and redis.connmaxidletime",
    "redis.addrs": "redis.addr, which is one address",
}


@check("config.other-release", needs=["config.kind"], when=("!unread",))
def other_release(config: Config) -> Iterator[Finding]:
    """Every key of the file is read by this very release.

    Keys come and go with releases, and a registry passes over those that it does not know in silence. A file that is
    right for one release does something else under another, also after going back to an older one.
    """
    for unknown in unread_keys(config):
        if unknown.where.variable:
            continue
        releases = releases_reading(config, unknown.path)
        if not releases:
            continue
        yield warning(
            what=f"{config.release.name} does not read the key {unknown.path!r}; {_list(releases)}.",
            why="The registry starts as if the line were not there.",
            fix=_fix(config, unknown.path, meant(config, unknown)),
            where=unknown.where,
            releases=tuple(name for name in _EVERY if name not in releases),
        )


_EVERY = ("registry-2.5", "registry-2.7", "registry-2.8", "registry-3.0", "registry-3.1")


def _fix(config: Config, path: str, near: str) -> str:
    if instead := _RENAMED.get(path):
        return f"Write {instead}."
    key, right = path.rpartition(".")[2], near.rpartition(".")[2]
    # A near name is another spelling of the same thing only if it merely lost or gained a letter.
    if near and abs(len(key) - len(right)) <= 1 and (key in right or right in key):
        return f"Write {near!r} for this release."
    return f"Remove it for {config.release.name}, or run a release that reads it."


def _list(releases: tuple[str, ...]) -> str:
    numbers = [name.removeprefix("registry-") for name in releases]
    return f"{', '.join(numbers[:-1])} and {numbers[-1]} do" if len(numbers) > 1 else f"{numbers[0]} does"
