"""A text and an environment as a release decodes them: the handle that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Mapping

from registry_preflight import Config, load_config
from registry_preflight.config.problem import Problem

HEAD = "version: 0.1\nstorage: {inmemory: {}}\n"


def read(text: str | bytes, environment: Mapping[str, str] | None = None, target: str = "registry-2.8") -> Config:
    """The config that a release makes of a text."""
    return load_config(text.encode() if isinstance(text, str) else text, environment or {}, target)


def fields(line: str, target: str = "registry-2.8") -> object:
    """What one value becomes where anything may stand; the line is YAML such as `yes` or `"0x1F"`."""
    config = read(f"{HEAD}log:\n  fields:\n    it: {line}\n", target=target)
    assert not config.problems, config.problems
    return config.get("log.fields.it")


def problem(text: str | bytes, environment: Mapping[str, str] | None = None, target: str = "registry-2.8") -> Problem:
    """The first thing that stops the release from reading this."""
    problems = read(text, environment, target).problems
    assert problems, "the release reads it"
    return problems[0]
