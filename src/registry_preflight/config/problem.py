"""What stops a registry from reading its configuration, or makes it read something else than was meant."""

from __future__ import annotations

from registry_preflight.check import EVERY_STAGE, Stage, Where
from registry_preflight.lean import NamedTuple


class Problem(NamedTuple):
    """One reason why a release refuses the config. `kind` says which check reports it.

    Kinds: `yaml` (no parser gets through it), `limit` (past this tool's own bounds), `version`, `type` (a value of the
    wrong shape), `driver` (not exactly one), `variable` (an environment variable stops it).
    """

    kind: str
    what: str
    why: str
    fix: str
    where: Where = Where()
    breaks: tuple[Stage, ...] = EVERY_STAGE


class ConfigError(Exception):
    """Carries the problem that ended the reading."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def yaml_problem(what: str, fix: str, line: int | None = None, column: int | None = None) -> ConfigError:
    """A `ConfigError` for text that the registry's YAML parser refuses; line and column count from 1."""
    return ConfigError(
        Problem(
            kind="yaml",
            what=what,
            why="The registry reads the same YAML and exits before it has built anything.",
            fix=fix,
            where=Where(line=line, column=column),
        )
    )
