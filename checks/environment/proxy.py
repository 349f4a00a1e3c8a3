"""`environment.proxy`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, note, warning

from .._proxies import PROXIES, PROXY_GIVEN

_UNREAD = ("ALL_PROXY", "all_proxy")


@check("environment.proxy", when=[*PROXY_GIVEN, *(f"${name}" for name in _UNREAD)])
def proxy(config: Config) -> Iterator[Finding]:
    """The storage is reached through the proxy that the environment names.

    The drivers go through HTTP_PROXY and HTTPS_PROXY, except for the hosts of NO_PROXY and for this machine. The s3
    driver of 2.7 and 2.8 makes a connection of its own when `skipverify` is true, which knows no proxy (source of
    2.8.2; mended in 3.0). ALL_PROXY is not read by any release. NO_PROXY takes names, which cover what ends like them,
    addresses and, from 2.7 on, networks such as 10.0.0.0/8; it takes no addresses with a star and no URLs.
    """
    environment = config.environment
    given = [name for name in PROXIES if environment.get(name)]
    if not config.driver_known or config.family in ("filesystem", "inmemory"):
        return
    if not given:
        yield from _unread(config)
        return
    without = config.family == "s3" and config.release.at_least("2.7") and config.release.before("3.0")
    if without and config.parameter("skipverify").value is True:
        yield warning(
            what=f"With skipverify, the s3 driver of {config.release.name} ignores {given[0]}.",
            why="It connects to the store directly, which fails where only the proxy may go out.",
            fix="Leave skipverify out and let the system trust the store's certificate authority, or run 3.0 or later.",
            where=f"storage.{config.driver}.skipverify",
            releases=("registry-2.7", "registry-2.8"),
        )
        return
    unread = _not_spared(config)
    if unread:
        yield warning(
            what=f"{config.release.name} does not read {unread[1]!r} in {unread[0]}.",
            why="Requests to what is meant by it go to the proxy all the same.",
            fix="Name the store's host or address there, or a name that it ends with, such as .example.com.",
            where=Where(variable=unread[0]),
        )
    yield note(
        what=f"The registry goes to its storage through the proxy of {given[0]}.",
        why="Requests to a store in the own network go there as well, unless NO_PROXY names its host.",
        fix="Name the store's host in NO_PROXY if it is to be reached directly.",
        where=Where(variable=given[0]),
    )


def _unread(config: Config) -> Iterator[Finding]:
    name = next((name for name in _UNREAD if config.environment.get(name)), "")
    if name:
        yield warning(
            what=f"{name} is the only proxy that is set, and the registry does not read it.",
            why="The registry connects to its storage directly.",
            fix="Set HTTPS_PROXY (and HTTP_PROXY for a store without TLS).",
            where=Where(variable=name),
        )


def _not_spared(config: Config) -> tuple[str, str] | None:
    """The variable that spares hosts, and what stands in it that Go passes over."""
    name = next((name for name in ("NO_PROXY", "no_proxy") if config.environment.get(name)), "")
    networks = config.release.fact("no_proxy_networks")
    for entry in config.environment.get(name, "").split(","):
        word = entry.strip()
        star = "*" in word.removeprefix("*.") and word != "*"
        if star or "://" in word or ("/" in word and not networks):
            return name, word
    return None
