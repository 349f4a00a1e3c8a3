"""`config.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check


@check("config.yaml", needs=(), when=("!yaml", "!limit"), stages=(START, GC))
def yaml(config: Config) -> Iterator[Finding]:
    """The file is YAML that the registry can read.

    The registry reads YAML 1.1 with a parser of its own family, and only the first document of the file. Text that
    this parser refuses stops the registry before it has built anything; `garbage-collect` reads the same file.

    Files past one mebibyte, a hundred levels, or with aliases that multiply without end are not read any further: no
    registry's config needs that.
    """
    for problem in config.problems:
        if problem.kind in ("yaml", "limit"):
            yield blocker(what=problem.what, why=problem.why, fix=problem.fix, where=problem.where, breaks=EVERY_STAGE)
