"""`moving.traces`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW


@check("moving.traces", releases=NEW)
def traces(config: Config) -> Iterator[Finding]:
    """Nothing is sent that was not sent before.

    3.0 sends traces to an OpenTelemetry collector at localhost:4318 unless OTEL_TRACES_EXPORTER is none; nobody
    listens there as a rule, and the log fills with errors. 3.1 sends none by default.
    """
    if config.release.version == "3.0" and "OTEL_TRACES_EXPORTER" not in config.environment:
        yield note(
            what="This release sends traces to localhost:4318, unlike 2.x and 3.1.",
            why="Where no collector listens, the log fills with errors.",
            fix="Set OTEL_TRACES_EXPORTER=none for the registry.",
            releases=("registry-3.0",),
        )
