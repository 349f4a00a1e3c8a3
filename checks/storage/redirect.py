"""`storage.redirect`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check, nearest

from .._serving import PANICS, SERVING, shown

_PATH = "storage.redirect.disable"


@check("storage.redirect", when=("storage.redirect",), stages=(START,))
def redirect(config: Config) -> Iterator[Finding]:
    """Where redirects are configured, `disable` is a bare true or false.

    Without `storage.redirect` the registry sends clients to the storage itself where the driver can make URLs for them
    (s3, azure, gcs, swift, oss). Once the section is there, `disable` must be in it and be a boolean: an empty section,
    a null or "true" in quotes stop the registry at start, in every release.
    """
    if not config.has("storage.redirect") or isinstance(config.get(_PATH), bool):
        return
    keys = list(config.section("storage.redirect"))
    meant = next((key for key in keys if key != "disable" and nearest(key, ["disable", "disabled"])), "")
    if config.has(_PATH):
        what = f"{_PATH} is {shown(config.get(_PATH))}, not a boolean."
    else:
        what = "storage.redirect is there without disable" + (f"; {meant} is not known." if meant else ".")
    yield blocker(
        what=what,
        why=PANICS,
        fix="Write disable: true to serve all content through the registry, or leave storage.redirect out.",
        where=f"storage.redirect.{meant}" if meant and not config.has(_PATH) else _PATH,
        breaks=SERVING,
    )
