"""`moving.redirect-middleware`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note


@check("moving.redirect-middleware", when=("middleware",))
def redirect_middleware(config: Config) -> Iterator[Finding]:
    """Redirects lead to the same address.

    The storage middleware `redirect` drops the path of its `baseurl` up to 2.8 and keeps it from 3.0 on.
    """
    for number, entry in enumerate(config.items("middleware.storage")):
        base = f"middleware.storage[{number}]"
        url = (
            config.get(f"{base}.options.baseurl")
            if isinstance(entry, dict) and entry.get("name") == "redirect"
            else None
        )
        if isinstance(url, str) and url.partition("://")[2].partition("/")[2].strip("/"):
            yield note(
                what="The path of baseurl is dropped by 2.x and kept from 3.0 on.",
                why="Clients are sent to another address after the move.",
                fix="Write baseurl without a path, if both are to do the same.",
                where=f"{base}.options.baseurl",
            )
