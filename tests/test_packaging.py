"""What users install: everything of the tree is in the wheel, and nothing of it lands beside the package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from registry_preflight import bundle, bundling, plugins
from registry_preflight.version import VERSION

ROOT = Path(__file__).parent.parent
#: Folders of the tree and where they install.
PLACES = {
    "src/registry_preflight": "registry_preflight",
    "checks": "registry_preflight/checks",
    "fixtures": "registry_preflight/fixtures",
    "reports": "registry_preflight/reports",
}
#: Configs to try a checkout on; no code reads them.
NOT_INSTALLED = "fixtures/configs"
MADE_BY_THE_BUILD = {
    "registry_preflight/checks/_index.py",
    "registry_preflight/config/_compiled.py",
    "registry_preflight/_patterns.py",
    f"registry_preflight/{bundle.file_name()}",
}
#: Where wheels have scripts, which are installed beside the interpreter.
SCRIPT = f"registry_preflight-{VERSION}.data/scripts/registry-preflight"

Folder = Path


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Every file of the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def _in_tree() -> Iterator[str]:
    """Where each file of the tree must be in the wheel."""
    for top, place in PLACES.items():
        for path in (ROOT / top).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and not path.is_relative_to(ROOT / NOT_INSTALLED):
                yield f"{place}/{path.relative_to(ROOT / top).as_posix()}"


def _packaged(names: set[str]) -> set[str]:
    return {name for name in names - {SCRIPT} if not name.startswith(f"registry_preflight-{VERSION}.dist-info/")}


def _ask(installed: Path, code: str) -> object:
    """What this code prints as JSON where only the wheel is installed."""
    environment = {"PATH": os.defpath, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd="/", capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_every_file_of_the_tree_is_in_the_wheel(names: set[str]) -> None:
    assert set(_in_tree()) - names == set()


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    assert _packaged(names) - set(_in_tree()) == MADE_BY_THE_BUILD


def test_no_file_lands_outside_the_package(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names - {SCRIPT}} == {
        "registry_preflight",
        f"registry_preflight-{VERSION}.dist-info",
    }


def test_the_command_is_in_the_wheel(names: set[str]) -> None:
    assert SCRIPT in names


def test_the_wheel_carries_the_license(names: set[str]) -> None:
    assert f"registry_preflight-{VERSION}.dist-info/licenses/LICENSE" in names


def test_the_compiled_tables_are_the_toml(installed: Path) -> None:
    code = """
import json, marshal
from registry_preflight.config._compiled import TABLES
print(json.dumps({name: marshal.loads(table) for name, table in TABLES.items()}))
"""
    config = ROOT / "src/registry_preflight/config"
    tables = {
        path.relative_to(config).with_suffix("").as_posix(): tomllib.loads(path.read_text())
        for path in config.rglob("*.toml")
    }
    assert _ask(installed, code) == json.loads(json.dumps(tables))


def test_what_was_worked_out_from_the_tables_is_what_comes_out_of_them(installed: Path) -> None:
    code = """
import json, marshal, registry_preflight.config.effective
from registry_preflight.config import _compiled, tables
ready = {name: marshal.loads(result) for name, result in _compiled.WORKED_OUT.items()}
anew = {(name, *given): make(*given) for name, (make, calls) in tables._WORKED_OUT.items() for given in calls}
print(json.dumps([len(ready) > 8, ready == anew, *(list(ready[name]) == list(anew[name]) for name in ready if isinstance(ready[name], dict))]))
"""
    assert set(_ask(installed, code)) == {True}  # type: ignore[call-overload]


def test_the_index_names_every_check(installed: Path) -> None:
    code = """
import json, registry_preflight.checks
from registry_preflight.checks._index import ROWS
from registry_preflight.plugins import located
there = {check.id for check, _, _ in located(registry_preflight.checks)}
print(json.dumps(sorted(there ^ {row[2] for row in ROWS})))
"""
    assert _ask(installed, code) == []


#: Modules of the library that a plain run must do without: together they would double its time.
TOO_SLOW = {
    "argparse",
    "collections",
    "contextlib",
    "enum",
    "functools",
    "importlib.util",
    "inspect",
    "re",
    "signal",
    "typing",
}


@pytest.mark.parametrize("command", ["list", f"check --offline {ROOT / 'fixtures/configs/dtr-filesystem.yml'}"])
def test_a_plain_run_imports_little(installed: Path, command: str) -> None:
    """Isolated, for what this environment's own start imports is not ours."""
    yaml = metadata.distribution("PyYAML").locate_file("")
    code = f"""
import sys
sys.path.insert(0, {str(installed)!r})
sys.path.append({str(yaml)!r})
import registry_preflight.cli, os
sys.stdout = open(os.devnull, "w", encoding="utf-8")
registry_preflight.cli.main({command.split()!r})
print(*sys.modules, file=sys.__stdout__)
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert TOO_SLOW & set(done.stdout.split()) == set()


def _run_copy(installed: Path, folder: Path, *arguments: str) -> str:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(folder)}
    command = [sys.executable, str(installed / "bin/registry-preflight"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_a_module_that_was_changed_after_it_was_installed_counts(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed / "registry_preflight", tmp_path / "registry_preflight")
    (tmp_path / "registry_preflight/version.py").write_text('VERSION = "changed by hand"\n')
    assert _run_copy(installed, tmp_path, "--version") == "registry-preflight changed by hand\n"


@pytest.mark.parametrize("damage", [b"", b"\x04", b"\xff" * 4096])
def test_a_bundle_that_is_no_bundle_is_left_alone(installed: Path, tmp_path: Path, damage: bytes) -> None:
    shutil.copytree(installed / "registry_preflight", tmp_path / "registry_preflight")
    (tmp_path / "registry_preflight" / bundle.file_name()).write_bytes(damage)
    assert _run_copy(installed, tmp_path, "--version") == f"registry-preflight {VERSION}\n"


def test_the_bundle_of_another_python_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "version.py").write_text("VERSION = 1\n")
    place = tmp_path / bundle.file_name()
    place.write_bytes(bundling.pack(str(tmp_path), ["registry_preflight.version"]))
    assert bundle.Bundle(str(tmp_path)).fits
    monkeypatch.setattr(bundle, "magic", lambda: b"another")
    assert not bundle.Bundle(str(tmp_path)).fits


def test_modules_from_the_bundle_are_as_others(installed: Path) -> None:
    code = """
import json, sys, inspect, pkgutil, registry_preflight, registry_preflight.checks.s3.region as module
import collections.abc, collections
print(json.dumps([
    type(module.__spec__.loader).__name__, module.__file__.endswith("/checks/s3/region.py"), module.__package__,
    inspect.getsource(module)[:3], module.region.function.__code__.co_filename == module.__file__,
    list(registry_preflight.__path__) == [registry_preflight.__file__.rpartition("/")[0]],
    collections.abc.Mapping is not None, registry_preflight.checks.__spec__.submodule_search_locations is not None,
]))
"""
    assert _ask(installed, code) == [
        "Bundle", True, "registry_preflight.checks.s3", '"""', True, True, True, True,
    ]  # fmt: skip


def test_the_index_is_in_the_order_of_the_plan(installed: Path) -> None:
    code = """
import json
from registry_preflight.plan import ordered
from registry_preflight.plugins import load_checks
checks = {check.id: check for check in load_checks()[0]}
print(json.dumps([*checks] == [check.id for check in ordered(checks)]))
"""
    assert _ask(installed, code) is True


def test_what_every_check_needs_is_loaded_at_once(installed: Path) -> None:
    code = """
import json, sys, registry_preflight
from registry_preflight import bundle
bundle.import_first()
before = {name for name in sys.modules if name.startswith("registry_preflight")}
import registry_preflight.checking, registry_preflight.commands, registry_preflight.reports.terminal
after = {name for name in sys.modules if name.startswith("registry_preflight")}
module = sys.modules["registry_preflight.checking"]
print(json.dumps([
    sorted(after - before), module.__package__, module.__spec__.parent, type(module.__loader__).__name__,
    module.__file__.endswith("/checking.py"), registry_preflight.checking is module,
    module.check_all.__code__.co_filename == module.__file__,
]))
"""
    assert _ask(installed, code) == [[], "registry_preflight", "registry_preflight", "Bundle", True, True, True]


def test_the_compiled_patterns_are_of_this_python(installed: Path) -> None:
    code = "import json, _sre; from registry_preflight._patterns import MATCHER; print(json.dumps(MATCHER == (_sre.MAGIC, _sre.CODESIZE)))"
    assert _ask(installed, code) is True


def test_every_module_imports_from_the_wheel(installed: Path) -> None:
    code = """
import importlib, json, pkgutil, registry_preflight
found = pkgutil.walk_packages(registry_preflight.__path__, "registry_preflight.")
print(json.dumps([importlib.import_module(one.name).__name__ for one in found if not one.name.endswith("__main__")]))
"""
    assert "registry_preflight.fixtures.registry" in _ask(installed, code)  # type: ignore[operator]


@pytest.mark.parametrize("name", ["checks", "fixtures", "reports"])
def test_a_generic_folder_is_no_import_name(installed: Path, name: str) -> None:
    assert (
        _ask(
            installed, f"import importlib.util, json; print(json.dumps(importlib.util.find_spec({name!r}) is not None))"
        )
        is False
    )


def test_the_version_is_the_same_everywhere(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION == wheel.resolve().name.split("-")[1]


def test_the_changelog_knows_the_version() -> None:
    assert f"## [{VERSION}]" in (ROOT / "CHANGELOG.md").read_text()


# Entry points are read without importlib.metadata, which is too slow: it stays the judge.


def _as_metadata_has_them(group: str) -> set[tuple[str, str]]:
    return {(entry.name, entry.value) for entry in metadata.entry_points(group=group)}


def _as_we_have_them(group: str) -> set[tuple[str, str]]:
    plugins.installed.cache_clear()
    plugins.entry_points.cache_clear()
    return {(entry.name, entry.target) for entry in plugins.entry_points(group)}


@pytest.mark.parametrize("group", [plugins.CHECKS, plugins.REPORTS, "console_scripts", "pytest11"])
def test_the_entry_points_of_this_environment_are_read_as_by_the_library(group: str) -> None:
    found = {(name, target.partition("[")[0].strip()) for name, target in _as_metadata_has_them(group)}
    assert _as_we_have_them(group) == found


def _package(folder: Folder, name: str, version: str, entry_points: str) -> None:
    place = folder / f"{name}-{version}.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (place / "entry_points.txt").write_text(entry_points)


@pytest.mark.parametrize(
    "text",
    [
        "[registry_preflight.checks]\none = pack.one\ntwo=pack:two\n",
        "# a comment\n\n[console_scripts]\nx = a:b\n[registry_preflight.checks]\n# more\none = pack.one:part.of_it\n",
        "[registry_preflight.checks]\r\none = pack.one\r\n",
        "  [registry_preflight.checks]\n  one = pack.one\n",
        "[registry_preflight.checks.more]\none = pack.one\n",
        "[registry_preflight.checks]\n",
        "",
    ],
)
def test_a_file_of_entry_points_is_read_as_by_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    _package(tmp_path, "pack", "1.0", text)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert _as_we_have_them(plugins.CHECKS) == _as_metadata_has_them(plugins.CHECKS)


def test_of_two_copies_of_a_package_the_first_on_the_path_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _package(tmp_path / "first", "my_pack", "2.0", "[registry_preflight.checks]\nnew = pack.new\n")
    _package(tmp_path / "second", "My.Pack", "1.0", "[registry_preflight.checks]\nold = pack.old\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "first"), str(tmp_path / "second")])
    assert _as_we_have_them(plugins.CHECKS) == _as_metadata_has_them(plugins.CHECKS) == {("new", "pack.new")}


def test_a_folder_of_the_path_that_is_not_there_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _package(tmp_path, "pack", "1.0", "[registry_preflight.checks]\none = pack.one\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "nowhere"), str(tmp_path)])
    assert _as_we_have_them(plugins.CHECKS) == _as_metadata_has_them(plugins.CHECKS)


@pytest.fixture(autouse=True)
def _forget_entry_points() -> Iterator[None]:
    yield
    plugins.installed.cache_clear()
    plugins.entry_points.cache_clear()
