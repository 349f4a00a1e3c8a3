"""`middleware.rewrite`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, check

from .._serving import shown
from ._entries import named


@check(
    "middleware.rewrite",
    when=("middleware",),
    needs=["middleware.storage"],
    releases=["registry-3.0", "registry-3.1"],
    stages=(START,),
)
def rewrite(config: Config) -> Iterator[Finding]:
    """The options of the rewrite middleware are text.

    It came with 3.0 and changes the URLs that the driver makes for clients: `scheme`, `host` and `trimpathprefix`, all
    of them optional. A signed URL of S3 holds for the host that it was made for, so a new host must be put back by
    whatever answers there.
    """
    for entry in named(config, "rewrite"):
        for option in ("scheme", "host", "trimpathprefix"):
            value = entry.options.get(option)
            if option in entry.options and not isinstance(value, str):
                yield entry.refused(option, f"is {shown(value)}, not text", f"Write {option} as text, in quotes.")
                break
