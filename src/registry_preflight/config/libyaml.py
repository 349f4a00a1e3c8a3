"""PyYAML's libyaml binding: its parser, its events and its error.

The command line imports nothing of PyYAML but the extension module and the event classes: the rest, which constructs
Python objects and is not used here, takes longer to import than a whole offline run may. In a process of others (tests,
programs that call `foretell`) PyYAML is imported as usual, for the extension's errors must be its own there.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace

from registry_preflight.lean import lru_cache

_EVENTS = ("StreamEndEvent", "ScalarEvent", "AliasEvent", "MappingStartEvent", "MappingEndEvent", "SequenceEndEvent")
#: Modules of PyYAML that the extension asks for nothing but their error class.
_ERRORS = {
    "reader": "ReaderError", "scanner": "ScannerError", "parser": "ParserError", "composer": "ComposerError",
    "constructor": "ConstructorError", "emitter": "EmitterError", "serializer": "SerializerError", "representer": "RepresenterError",
}  # fmt: skip


_alone = False


def prefer_alone() -> None:
    """Import the extension without the rest of PyYAML: for the command line, whose process nobody else uses."""
    global _alone  # one switch, set once, before anything is read
    _alone = True


@lru_cache(maxsize=1)
def load() -> SimpleNamespace:
    """The C parser and what it yields.

    Raises `ImportError` where PyYAML is missing or was built without libyaml.
    """
    if _alone and "yaml" not in sys.modules:
        return _load_alone()
    import yaml

    return _namespace(yaml._yaml, yaml.error, yaml.events)


def _load_alone() -> SimpleNamespace:
    """Import the extension with a stand-in for its package, which is taken away again: a later `import yaml` is the real one."""
    spec = find_spec("yaml")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("PyYAML is not installed")
    package = ModuleType("yaml")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["yaml"] = package
    try:
        error, events = import_module("yaml.error"), import_module("yaml.events")
        import_module("yaml.tokens")
        import_module("yaml.nodes")
        for module, name in _ERRORS.items():
            stand_in = ModuleType(f"yaml.{module}")
            base = _ReaderError if module == "reader" else error.MarkedYAMLError
            setattr(stand_in, name, type(name, (base, error.YAMLError) if module == "reader" else (base,), {}))
            setattr(package, module, stand_in)
        extension = import_module("yaml._yaml")
    finally:
        for loaded in [name for name in sys.modules if name == "yaml" or name.startswith("yaml.")]:
            del sys.modules[loaded]
    return _namespace(extension, error, events)


class _ReaderError(Exception):
    """The error for bytes that are no text: as PyYAML's own, it has a position and a reason instead of a mark."""

    def __init__(self, name: object, position: int, character: object, encoding: object, reason: str) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason


def _namespace(extension: ModuleType, error: ModuleType, events: ModuleType) -> SimpleNamespace:
    return SimpleNamespace(
        CParser=extension.CParser, YAMLError=error.YAMLError, **{name: getattr(events, name) for name in _EVENTS}
    )
