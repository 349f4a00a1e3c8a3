"""`config.version`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check


@check("config.version", needs=["config.kind"], when=("!version",), stages=(START, GC))
def version(config: Config) -> Iterator[Finding]:
    """The version of the config is one that the registry knows.

    Every release reads exactly one version, 0.1, and compares it as text: 0.10 is another one. A whole config without
    it is refused. A storage section alone needs none.
    """
    for problem in config.problems:
        if problem.kind == "version":
            yield blocker(what=problem.what, why=problem.why, fix=problem.fix, where=problem.where, breaks=EVERY_STAGE)
