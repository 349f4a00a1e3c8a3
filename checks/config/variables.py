"""`config.variables`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check


@check("config.variables", needs=["environment.kubernetes"], when=("!variable",), stages=(START, GC))
def variables(config: Config) -> Iterator[Finding]:
    """No REGISTRY_ variable stops the registry from reading its config.

    Every variable whose name begins with REGISTRY_ is laid over the file: each piece between underscores is one level,
    the value is read as YAML. A value that does not fit is fatal, even if the variable was meant for something else.
    """
    for problem in config.problems:
        if problem.kind == "variable":
            yield blocker(what=problem.what, why=problem.why, fix=problem.fix, where=problem.where, breaks=EVERY_STAGE)
