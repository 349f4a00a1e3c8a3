"""PyYAML's libyaml binding: its parser, its events and its error."""

from __future__ import annotations

from types import SimpleNamespace


def load() -> SimpleNamespace:
    """The C parser and what it yields. PyYAML's wheels bring libyaml; a build without it is refused.

    Raises `ImportError` where PyYAML was built without libyaml.
    """
    import yaml

    return SimpleNamespace(CParser=yaml._yaml.CParser, YAMLError=yaml.YAMLError, **{
        name: getattr(yaml, name)
        for name in ("StreamEndEvent", "ScalarEvent", "AliasEvent", "MappingStartEvent", "MappingEndEvent", "SequenceEndEvent")
    })
