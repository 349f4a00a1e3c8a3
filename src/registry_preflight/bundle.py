"""The package's modules in one file, compiled: for the command line, which would spend half its time on opening them.

`setup.py` makes the file for the Python that builds the wheel; any other imports the modules one by one, as always, and
so does an editable install, and whoever has changed a module after it was installed (unless it has its length still).
"""

from __future__ import annotations

import marshal
import os
import sys
from _imp import _fix_co_filename  # type: ignore[attr-defined]  # as importlib itself does with what it has cached

from registry_preflight.lean import TYPE_CHECKING, import_module

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

TOP = "registry_preflight"
#: Where each module's code is in the file, how long it is, the length of its source, and whether it is a package.
Index = dict[str, tuple[int, int, int, bool]]
HEAD = 4  # bytes that tell the length of the index


def file_name() -> str:
    """The file's name: what a module's code looks like is a matter of the Python that compiled it."""
    return f"_bundle.{sys.implementation.cache_tag}"


class Bundle:
    """A finder and loader of the modules in the file."""

    def __init__(self, folder: str) -> None:
        """Open the file of the package in a folder. Raises `OSError`, or whatever reading another file as one raises."""
        self._folder = folder
        self._place = f"{folder}/{file_name()}"
        self._file = os.open(self._place, os.O_RDONLY | os.O_CLOEXEC)
        length = int.from_bytes(os.read(self._file, HEAD), "little")
        fits, self._index = marshal.loads(os.read(self._file, length))
        self._base = HEAD + length
        self.fits = fits == magic()

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        """Where a module is to be had, for the import system."""
        if name == "collections":
            # The interpreter has its abstract classes ready; see `use`. Whoever wants the whole package gets all of it.
            sys.modules.pop("collections.abc", None)
        found = self._index.get(name)
        if found is None:
            return None
        _, _, length, is_package = found
        place = self._place_of(name, is_package)
        try:
            if os.stat(place).st_size != length:
                return None
        except OSError:
            return None
        spec = type(__spec__)(name, self, origin=place, is_package=is_package)  # type: ignore[arg-type]
        spec.has_location = True
        spec.cached = self._place
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(place)]
        return spec

    def _place_of(self, name: str, is_package: bool) -> str:
        return self._folder + name[len(TOP) :].replace(".", "/") + ("/__init__.py" if is_package else ".py")

    def load(self, name: str, code: CodeType | None = None) -> None:
        """Import a module whose parent is there, as the import system would, in a third of the time. `code` is its own, if read.

        Leaves to the import system what it can't do.
        """
        spec = self.find_spec(name) if name not in sys.modules else None
        if spec is None:
            return
        place = str(spec.origin)
        if code is None:
            code = self.code(name, place)
        else:
            _fix_co_filename(code, place)
        module = type(sys)(name)
        found = module.__dict__
        found.update(__spec__=spec, __loader__=self, __file__=place, __cached__=self._place, __package__=spec.parent)
        if spec.submodule_search_locations is not None:
            found["__path__"] = spec.submodule_search_locations
        sys.modules[name] = module
        try:
            exec(code, found)
        except BaseException:  # passed on, as importlib does: a module half made must not stay
            del sys.modules[name]
            raise
        parent, _, last = name.rpartition(".")
        setattr(sys.modules[parent], last, module)

    def load_first(self) -> None:
        """Import what every `check` needs, all of it in one go."""
        at, length, _, _ = self._index[""]
        for name, code in marshal.loads(os.pread(self._file, length, self._base + at)):
            if name.rpartition(".")[0] in sys.modules:
                self.load(name, code)

    def create_module(self, spec: ModuleSpec) -> None:
        """The import system makes the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's code in it."""
        exec(self.code(module.__name__, str(module.__file__)), module.__dict__)

    def get_code(self, name: str) -> CodeType:
        """A module's code, for runpy."""
        return self.code(name, name)

    def get_resource_reader(self, name: str) -> object:
        """A reader of the files beside a package, for `importlib.resources`."""
        from importlib.readers import FileReader
        from types import SimpleNamespace

        return FileReader(SimpleNamespace(path=self._place_of(name, True)))  # type: ignore[arg-type]

    def code(self, name: str, place: str) -> CodeType:
        """A module's code, which will name `place` in its tracebacks."""
        at, length, _, _ = self._index[name]
        code: CodeType = marshal.loads(os.pread(self._file, length, self._base + at))
        _fix_co_filename(code, place)
        return code


_used: list[Bundle] = []


def import_quickly(name: str) -> ModuleType:
    """A module by its absolute name, and where there is a bundle without the detours of the import system."""
    if name not in sys.modules:
        for bundle in _used:
            parent = name.rpartition(".")[0]
            if parent in sys.modules or import_quickly(parent):
                bundle.load(name)
    return sys.modules[name] if name in sys.modules else import_module(name)


def import_first() -> None:
    """Import what every `check` needs, where there is a bundle."""
    for bundle in _used:
        bundle.load_first()


def use() -> None:
    """Import our modules from the file, where there is one for this Python."""
    try:
        bundle = Bundle(os.path.dirname(__file__))
    except (OSError, ValueError, EOFError, TypeError):
        return
    if bundle.fits:
        sys.meta_path.insert(0, bundle)
        _used.append(bundle)
        if "collections" not in sys.modules:
            # What `collections.abc` is, without `collections`, which imports much that nobody needs here.
            import _collections_abc

            sys.modules["collections.abc"] = _collections_abc


def magic() -> bytes:
    """What tells the compiled code of this Python from that of others."""
    from _frozen_importlib_external import MAGIC_NUMBER

    return bytes(MAGIC_NUMBER)
