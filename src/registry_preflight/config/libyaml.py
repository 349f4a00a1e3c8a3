"""PyYAML's libyaml binding: its parser, its events and its error.

The command line imports nothing of PyYAML but the extension module and the event classes: the rest, which constructs
Python objects and is not used here, takes longer to import than a whole offline run may. In a process of others (tests,
programs that call `foretell`) PyYAML is imported as usual, for the extension's errors must be its own there.
"""

from __future__ import annotations

import sys

from registry_preflight.lean import TYPE_CHECKING, Any, import_module, lru_cache

if TYPE_CHECKING:
    from types import ModuleType

_EVENTS = ("StreamEndEvent", "ScalarEvent", "AliasEvent", "MappingStartEvent", "MappingEndEvent", "SequenceEndEvent")
#: Modules of PyYAML that the extension asks for nothing but their error class.
_ERRORS = {
    "reader": "ReaderError", "scanner": "ScannerError", "parser": "ParserError", "composer": "ComposerError",
    "constructor": "ConstructorError", "emitter": "EmitterError", "serializer": "SerializerError", "representer": "RepresenterError",
}  # fmt: skip


class Binding:
    """The C parser, the error that it raises, and the classes of its events."""

    CParser: Any
    YAMLError: Any
    StreamEndEvent: Any
    ScalarEvent: Any
    AliasEvent: Any
    MappingStartEvent: Any
    MappingEndEvent: Any
    SequenceEndEvent: Any

    def __init__(self, extension: ModuleType, error: ModuleType, events: ModuleType) -> None:
        self.CParser = extension.CParser
        self.YAMLError = error.YAMLError
        for name in _EVENTS:
            setattr(self, name, getattr(events, name))


_Module = type(sys)


class _Unused(_Module):  # type: ignore[valid-type, misc]
    """Stands in for a module whose every name is imported and none is used."""

    def __getattr__(self, name: str) -> type[object]:
        return object


_alone = False


def prefer_alone() -> None:
    """Import the extension without the rest of PyYAML: for the command line, whose process nobody else uses."""
    global _alone  # one switch, set once, before anything is read
    _alone = True


@lru_cache(maxsize=1)
def load() -> Binding:
    """The C parser and what it yields.

    Raises `ImportError` where PyYAML is missing or was built without libyaml.
    """
    if _alone and "yaml" not in sys.modules:
        return _load_alone()
    import yaml

    return Binding(yaml._yaml, yaml.error, yaml.events)


def _load_alone() -> Binding:
    """Import the extension with a stand-in for its package, which is taken away again: a later `import yaml` is the real one."""
    # What importlib.util.find_spec does; that module takes longer to import than all of this.
    spec = next((spec for finder in sys.meta_path if (spec := finder.find_spec("yaml", None))), None)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("PyYAML is not installed")
    package = _Module("yaml")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["yaml"] = package
    try:
        error, events = import_module("yaml.error"), import_module("yaml.events")
        for module in ("tokens", "nodes"):  # classes of parts of it that we don't use
            unused = sys.modules[f"yaml.{module}"] = _Unused(f"yaml.{module}")
            setattr(package, module, unused)
        for module, name in _ERRORS.items():
            stand_in = _Module(f"yaml.{module}")
            base = _ReaderError if module == "reader" else error.MarkedYAMLError
            setattr(stand_in, name, type(name, (base, error.YAMLError) if module == "reader" else (base,), {}))
            setattr(package, module, stand_in)
        extension = import_module("yaml._yaml")
    finally:
        for loaded in [name for name in sys.modules if name == "yaml" or name.startswith("yaml.")]:
            del sys.modules[loaded]
    return Binding(extension, error, events)


class _ReaderError(Exception):
    """The error for bytes that are no text: as PyYAML's own, it has a position and a reason instead of a mark."""

    def __init__(self, name: object, position: int, character: object, encoding: object, reason: str) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason
