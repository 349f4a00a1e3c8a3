"""The package's modules in one file, compiled: for the command line, which would spend half its time on opening them.

`setup.py` makes the file for the Python that builds the wheel; any other imports the modules one by one, as always, and
so does an editable install, and whoever has changed a module after it was installed (unless it has its length still).
"""

from __future__ import annotations

import marshal
import os
import sys
from _imp import _fix_co_filename  # type: ignore[attr-defined]  # as importlib itself does with what it has cached

from registry_preflight.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

TOP = "registry_preflight"
#: Where each module's code is in the file, how long it is, the length of its source, and whether it is a package.
Index = dict[str, tuple[int, int, int, bool]]
_HEAD = 4  # bytes that tell the length of the index


def file_name() -> str:
    """The file's name: what a module's code looks like is a matter of the Python that compiled it."""
    return f"_bundle.{sys.implementation.cache_tag}"


class Bundle:
    """A finder and loader of the modules in the file."""

    def __init__(self, folder: str, content: bytes) -> None:
        self._folder = folder
        self._content = content
        self._base = _HEAD + int.from_bytes(content[:_HEAD], "little")
        magic, self._index = marshal.loads(content[_HEAD : self._base])
        self.fits = magic == _magic()

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        """Where a module is to be had, for the import system."""
        if name == "collections":
            # The interpreter has its abstract classes ready; see `use`. Whoever wants the whole package gets all of it.
            sys.modules.pop("collections.abc", None)
        found = self._index.get(name)
        if found is None:
            return None
        _, _, length, is_package = found
        place = self._folder + name[len(TOP) :].replace(".", "/") + ("/__init__.py" if is_package else ".py")
        try:
            if os.stat(place).st_size != length:
                return None
        except OSError:
            return None
        spec = type(__spec__)(name, self, origin=place, is_package=is_package)  # type: ignore[arg-type]
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(place)]
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """The import system makes the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's code in it."""
        exec(self.code(module.__name__, str(module.__file__)), module.__dict__)

    def get_code(self, name: str) -> CodeType:
        """A module's code, for runpy."""
        return self.code(name, name)

    def code(self, name: str, place: str) -> CodeType:
        """A module's code, which will name `place` in its tracebacks."""
        at, length, _, _ = self._index[name]
        code: CodeType = marshal.loads(memoryview(self._content)[self._base + at : self._base + at + length])
        _fix_co_filename(code, place)
        return code


def use() -> None:
    """Import our modules from the file, where there is one for this Python."""
    folder = os.path.dirname(__file__)
    try:
        with open(f"{folder}/{file_name()}", "rb", buffering=0) as file:
            bundle = Bundle(folder, file.read())
    except (OSError, ValueError, EOFError, TypeError):
        return
    if bundle.fits:
        sys.meta_path.insert(0, bundle)
        if "collections" not in sys.modules:
            # What `collections.abc` is, without `collections`, which imports much that nobody needs here.
            import _collections_abc

            sys.modules["collections.abc"] = _collections_abc


def _magic() -> bytes:
    from _frozen_importlib_external import MAGIC_NUMBER

    return bytes(MAGIC_NUMBER)


def pack(folder: str, names: Iterable[str]) -> bytes:
    """The file for these modules of the package in a folder: the index, then the code of each."""
    index: Index = {}
    codes: list[bytes] = []
    at = 0
    for name in names:
        stem = folder + name[len(TOP) :].replace(".", "/")
        is_package = os.path.isdir(stem)
        place = f"{stem}/__init__.py" if is_package else f"{stem}.py"
        with open(place, "rb") as file:
            source = file.read()
        code = marshal.dumps(compile(source, os.path.relpath(place, folder), "exec", dont_inherit=True, optimize=0))
        index[name] = (at, len(code), len(source), is_package)
        codes.append(code)
        at += len(code)
    head = marshal.dumps((_magic(), index))
    return len(head).to_bytes(_HEAD, "little") + head + b"".join(codes)
