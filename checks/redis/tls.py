"""`redis.tls`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, blocker, check, warning

from .._files import unusable
from .._serving import PANICS, SERVING
from .._tls import wrong_authorities, wrong_pair


@check("redis.tls", when=("redis",), releases=["registry-3.0", "registry-3.1"], stages=(START,))
def tls(config: Config) -> Iterator[Finding]:
    """What the registry needs for TLS to Redis can be loaded.

    From 3.0 on `redis.tls` holds a client certificate and its key, which are loaded at start where `redis.addrs` is
    set; in 3.0 a pair that can't be loaded is fatal. 3.0 also reads `clientcas`: a file without certificates is only
    logged, but leaves the registry without Redis. 3.1 reads `rootcas` instead.
    """
    if not config.get("redis.addrs"):
        return
    certificate, key = config.text_at("redis.tls.certificate"), config.text_at("redis.tls.key")
    if config.release.at_least("3.1"):
        _newer(config, certificate, key)
        return
    if not (certificate or key):
        return
    if bad := wrong_pair(certificate, key):
        path = certificate if bad.file == "certificate" else key
        yield unusable(f"{bad.file} of redis.tls", path, bad.wrong, f"redis.tls.{bad.file}", why=PANICS)
        return
    for number, path in enumerate(map(str, config.items("redis.tls.clientcas"))):
        if wrong := wrong_authorities(path):
            yield _without_redis(config, path, wrong, f"redis.tls.clientcas[{number}]")
            return


def _newer(config: Config, certificate: str, key: str) -> None:
    if certificate and key and (bad := wrong_pair(certificate, key)):
        raise CannotTell(f"the {bad.file} of redis.tls {bad.wrong}, and whether 3.1 starts then is not known")
    for path in map(str, config.items("redis.tls.rootcas")):
        if wrong := wrong_authorities(path):
            raise CannotTell(f"{path} in redis.tls.rootcas {wrong}, and whether 3.1 starts then is not known")


def _without_redis(config: Config, path: str, wrong: str, where: str) -> Finding:
    cache = config.section("storage.cache")
    if cache.get("blobdescriptor", cache.get("layerinfo")) == "redis":
        return blocker(
            what=f"The list of authorities {path} {wrong}.",
            why=f"{PANICS[:-1]}: the cache is to be in Redis, which it has given up on.",
            fix=f"Put the right file there, or mend {where}. The path was looked up on this machine.",
            where=where,
            breaks=SERVING,
        )
    return warning(
        what=f"The list of authorities {path} {wrong}.",
        why="The registry logs it once and does without Redis.",
        fix=f"Put the right file there, or mend {where}. The path was looked up on this machine.",
        where=where,
    )
