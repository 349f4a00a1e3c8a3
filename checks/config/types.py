"""`config.types`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check


@check("config.types", needs=["config.kind"], when=("!type",), stages=(START, GC))
def types(config: Config) -> Iterator[Finding]:
    """Every setting has the type that the registry reads it into.

    Outside the storage driver's own parameters each setting has a fixed type: a map where a map belongs, a number where
    a number belongs. One that does not fit makes the registry refuse the whole file, and so does a word that is none of
    those that a setting allows. What YAML makes of a word counts: yes, no, on and off are booleans, 08 is no octal
    number, and 10 without a unit is ten nanoseconds where a duration belongs.
    """
    for problem in config.problems:
        if problem.kind == "type":
            yield blocker(what=problem.what, why=problem.why, fix=problem.fix, where=problem.where, breaks=EVERY_STAGE)
