"""Checks and report formats that installed packages bring, the built-in ones among them, by entry points.

`importlib.metadata` would take longer to import than a whole offline run may, so the entry points are read from the
installed packages' own files here: the same files, by the same rules.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from registry_preflight.check import Check
from registry_preflight.deferred import from_rows
from registry_preflight.format import Format, formats_of
from registry_preflight.lean import TYPE_CHECKING, NamedTuple, cache, import_module, partial
from registry_preflight.pattern import Pattern
from registry_preflight.plan import PlanError, ordered
from registry_preflight.result import Plugin
from registry_preflight.run import attempt

if TYPE_CHECKING:
    from types import ModuleType

CHECKS, REPORTS = "registry_preflight.checks", "registry_preflight.reports"
_OWN = "registry-preflight"
_SEPARATORS = Pattern(r"[-_.]+")


class EntryPoint(NamedTuple):
    """One line of a package's entry points: `name = target`, in a group."""

    package: str
    version: str
    name: str
    target: str

    def load(self) -> object:
        """Import what it names. Raises whatever the import raises."""
        module, _, attribute = self.target.partition(":")
        loaded: object = import_module(module.strip())
        for part in attribute.strip().split(".") if attribute.strip() else ():
            loaded = getattr(loaded, part)
        return loaded


@cache
def entry_points(group: str) -> tuple[EntryPoint, ...]:
    """The entry points of a group, our own first, then by package; of two copies of a package the first on the path counts."""
    found = [
        EntryPoint(package, version, name, target)
        for package, version, lines in installed()
        for name, target in _group(lines, group)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.package != _OWN, entry.package, entry.name)))


@cache
def installed() -> tuple[tuple[str, str, list[str]], ...]:
    """Name, version and entry points of the installed packages that have some."""
    seen: set[str] = set()
    found = []
    for folder in sys.path:
        for package, version, path in _packages(folder or "."):
            if package not in seen:
                seen.add(package)
                if lines := _lines(path):
                    found.append((package, version, lines))
    return tuple(found)


def _packages(folder: str) -> Iterator[tuple[str, str, str]]:
    """Name, version and entry-point file of the packages installed in a folder."""
    try:
        entries = os.listdir(folder)
    except OSError:  # a path that does not exist, or a zip file: nobody installs plugins there
        return
    for entry in entries:
        if entry.endswith((".dist-info", ".egg-info")):
            name, _, version = entry.rsplit(".", 1)[0].partition("-")
            path = os.path.join(folder, entry, "entry_points.txt")
            yield _SEPARATORS.sub("-", name).lower(), version, path


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(1 << 20).splitlines()
    except (OSError, UnicodeDecodeError):  # most packages have no entry points
        return []


def _group(lines: list[str], group: str) -> Iterator[tuple[str, str]]:
    inside = False
    for line in lines:
        line = line.strip()
        if line.startswith("["):
            inside = line == f"[{group}]"
        elif inside and "=" in line and not line.startswith("#"):
            name, _, target = line.partition("=")
            yield name.strip(), target.split("[")[0].strip()


class BrokenInstallation(Exception):
    """Our own checks or reports are not all there: whatever would be said without them would be worth nothing."""


@cache
def load_checks() -> tuple[tuple[Check, ...], tuple[Plugin, ...]]:
    """All installed checks in order, and the plugins that they came from. A broken plugin hides no other.

    Raises `BrokenInstallation` where our own can't be loaded.
    """
    checks: dict[str, Check] = {}
    plugins: list[Plugin] = []
    for entry in entry_points(CHECKS):
        brought, crash = attempt(partial(_bring_checks, entry))
        error = str(crash) if crash else _conflict(brought, checks)
        if not error and entry.package == _OWN and not checks and _has_index(entry):
            checks.update((check.id, check) for check in brought)  # an index was put in order when it was made
        elif not error:
            error = _add(checks, brought, entry.package)
        plugins.append(_plugin(entry, error))
    if not checks:
        raise BrokenInstallation("no checks are installed")
    return tuple(checks.values()), tuple(plugins)


def _has_index(entry: EntryPoint) -> bool:
    return f"{entry.target}._index" in sys.modules


def _bring_checks(entry: EntryPoint) -> list[Check]:
    """Raises `ValueError` where the entry point holds no check."""
    brought = list(checks_of(entry.load()))
    if not brought:
        raise ValueError("it holds no check: a function under @check(...) is missing")
    return brought


def _bring_formats(entry: EntryPoint) -> dict[str, Format]:
    return formats_of(entry.load())


def _plugin(entry: EntryPoint, error: str) -> Plugin:
    if error and entry.package == _OWN:
        raise BrokenInstallation(error)
    return Plugin(entry.package, entry.version, error)


def _conflict(brought: list[Check], known: dict[str, Check]) -> str:
    names = [name for check in brought for name in (check.id, *check.aliases)]
    taken = sorted(set(names) & {name for check in known.values() for name in (check.id, *check.aliases)})
    if taken:
        return f"it brings {', '.join(taken)}, which another package has"
    return (
        f"it brings {', '.join(sorted({name for name in names if names.count(name) > 1}))} twice"
        if len(set(names)) < len(names)
        else ""
    )


def _add(checks: dict[str, Check], brought: list[Check], package: str) -> str:
    """Take a plugin's checks in, unless the plan falls apart over them."""
    plugin = "" if package == _OWN else package
    joined = {**checks, **{check.id: check._replace(plugin=plugin) if plugin else check for check in brought}}
    try:
        in_order = ordered(joined)
    except PlanError as error:
        return str(error)
    checks.clear()
    checks.update((check.id, check) for check in in_order)
    return ""


def checks_of(loaded: object) -> Iterator[Check]:
    """The checks that an entry point's object holds: one, a module's, or those of every module below a package."""
    if isinstance(loaded, Check):
        yield loaded
    elif isinstance(loaded, type(sys)):
        try:
            index = import_module(f"{loaded.__name__}._index")
        except ModuleNotFoundError:  # an editable install, or a stranger's package
            yield from (check for check, _, _ in located(loaded))
        else:
            yield from from_rows(index.ROWS)


def located(package: ModuleType) -> Iterator[tuple[Check, str, str]]:
    """Every check of a module and of those below it, with the module and the name where it is found."""
    modules = [package]
    for module in modules:
        yield from ((value, module.__name__, name) for name, value in vars(module).items() if isinstance(value, Check))
        for folder in getattr(module, "__path__", ()):
            modules.extend(_modules_in(module.__name__, folder))


def _modules_in(package: str, folder: str) -> Iterator[ModuleType]:
    for name in sorted(os.listdir(folder)):
        stem, dot, kind = name.partition(".")
        if dot and kind == "py" and stem != "__init__":
            yield import_module(f"{package}.{stem}")
        elif not dot and os.path.isfile(os.path.join(folder, name, "__init__.py")):
            yield import_module(f"{package}.{name}")


@cache
def load_formats() -> tuple[dict[str, Format], tuple[Plugin, ...]]:
    """All installed report formats by name, and the plugins that they came from."""
    formats: dict[str, Format] = {}
    plugins: list[Plugin] = []
    for entry in entry_points(REPORTS):
        brought, crash = attempt(partial(_bring_formats, entry))
        error = str(crash) if crash else ""
        taken = sorted(set(brought or ()) & set(formats))
        if taken:
            error = f"it brings {', '.join(taken)}, which another package has"
        elif brought:
            formats.update(brought)
        plugins.append(_plugin(entry, error))
    return formats, tuple(plugins)
