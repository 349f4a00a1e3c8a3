"""`moving.reporting`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.reporting", when=("reporting",), releases=OLD)
def reporting(config: Config) -> Iterator[Finding]:
    """Errors are still reported where somebody looks.

    The `reporting` section (Bugsnag, New Relic) was removed in 3.0 and is ignored there.
    """
    if config.get("reporting.bugsnag.apikey") or config.get("reporting.newrelic.licensekey"):
        yield note(
            what="3.x has no reporting section.",
            why="Nothing is sent to Bugsnag or New Relic any more, without a word.",
            fix="Use the log, metrics or, in 3.x, OpenTelemetry traces.",
            where="reporting",
            releases=NEW,
        )
