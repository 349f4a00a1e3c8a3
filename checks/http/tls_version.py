"""`http.tls-version`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check, nearest, note

from .._serving import ENDS, SERVING
from ._tls import is_on

_OLD = ("tls1.0", "tls1.1")


@check(
    "http.tls-version",
    when=("http.tls",),
    releases=["registry-2.8", "registry-2.8-debian", "registry-3.0", "registry-3.1"],
    stages=(START,),
)
def tls_version(config: Config) -> Iterator[Finding]:
    """The least TLS version is one that the release offers.

    `http.tls.minimumtls` came with 2.8. It is written tls1.2 or tls1.3, exactly so; 2.8 takes tls1.0 and tls1.1 as
    well, 3.0 and later refuse them. It is not looked at while TLS is off.
    """
    version = config.text_at("http.tls.minimumtls")
    known = list(config.release.strings("minimum_tls"))
    if not version or not is_on(config):
        return
    if version not in known:
        near = nearest(version, known)
        yield blocker(
            what=f"http.tls.minimumtls is {version!r}, which {config.release.name} does not have.",
            why=ENDS,
            fix=f"Write {near or 'tls1.2'}; it knows {', '.join(known)}.",
            where="http.tls.minimumtls",
            breaks=SERVING,
        )
    elif version in _OLD:
        yield note(
            what=f"http.tls.minimumtls is {version}.",
            why="That version of TLS is broken and withdrawn; from 3.0 on the registry refuses to start with it.",
            fix="Write tls1.2, which is the default.",
            where="http.tls.minimumtls",
        )
