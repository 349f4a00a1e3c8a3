"""The example plugin: built, installed and used as a stranger's package is, whole and broken."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import LITTER, ROOT, Program, build_wheel, install

EXAMPLE = ROOT / "examples/registry-preflight-example"
CONFIG = ROOT / "fixtures/configs/dtr-s3.yml"


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example installed from its wheel."""
    work = tmp_path_factory.mktemp("example")
    shutil.copytree(EXAMPLE, work / "tree", ignore=LITTER)
    return install(build_wheel(work / "tree", work / "wheel"), work / "installed")


@pytest.fixture(
    params=[
        "raise RuntimeError('no licence found')",
        "import nothing_like_it",
        "def half(:",
        "import sys; sys.exit('bye')",
    ]
)
def broken(plugin: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The same with modules that cannot be imported."""
    shutil.copytree(plugin, tmp_path / "broken")
    for name in ("checks", "reports"):
        (tmp_path / "broken/registry_preflight_naming" / f"{name}.py").write_text(str(request.param) + "\n")
    return tmp_path / "broken"


def _ids(listing: str) -> set[str]:
    return {line.split()[0] for line in listing.splitlines()}


def test_its_own_tests_pass(plugin: Path, installed: Path) -> None:
    environment = {"PATH": os.defpath, "PYTHONPATH": f"{installed}{os.pathsep}{plugin}"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "pyproject.toml"]
    done = subprocess.run(command, cwd=EXAMPLE, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_list_has_its_check_and_where_it_comes_from(program: Program, plugin: Path) -> None:
    line = next(
        line for line in program("list", plugins=[plugin]).stdout.splitlines() if line.startswith("naming.environment ")
    )
    assert line.endswith("(from registry-preflight-naming)")


def test_explain_has_its_page(program: Program, plugin: Path) -> None:
    assert "nobody points a test registry" in program("explain", "naming.environment", plugins=[plugin]).stdout


def test_its_check_runs(program: Program, plugin: Path) -> None:
    done = program("check", "--offline", str(CONFIG), plugins=[plugin])
    assert "The bucket acme-images does not say which environment it belongs to." in done.stdout


def test_its_format_is_an_option(program: Program, plugin: Path) -> None:
    assert "--csv FILE" in program("check", "--help", plugins=[plugin]).stdout


def test_its_format_writes(program: Program, plugin: Path, tmp_path: Path) -> None:
    program("check", "--offline", "--csv", str(tmp_path / "found.csv"), str(CONFIG), plugins=[plugin])
    with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as file:
        assert "naming.environment" in {row["check"] for row in csv.DictReader(file)}


def test_without_it_its_check_is_unknown(program: Program) -> None:
    assert "naming.environment" not in _ids(program("list").stdout)


def test_broken_it_is_named(program: Program, broken: Path) -> None:
    assert "registry-preflight-naming 1.0.0" in program("list", plugins=[broken]).stderr


def test_broken_it_hides_no_other_check(program: Program, broken: Path) -> None:
    assert _ids(program("list", plugins=[broken]).stdout) == _ids(program("list").stdout)


def test_broken_it_hides_no_other_format(program: Program, broken: Path, tmp_path: Path) -> None:
    program("check", "--offline", "--json", str(tmp_path / "report.json"), str(CONFIG), plugins=[broken])
    assert (tmp_path / "report.json").exists()


def test_broken_it_is_named_by_check(program: Program, broken: Path) -> None:
    done = program("check", "--offline", str(CONFIG), plugins=[broken])
    assert "registry-preflight-naming" in done.stdout + done.stderr


def test_broken_it_does_not_change_the_exit_code(program: Program, broken: Path) -> None:
    assert program("check", "--offline", str(CONFIG), plugins=[broken]).returncode == 1


def test_broken_it_shows_no_traceback(program: Program, broken: Path) -> None:
    assert "Traceback" not in program("list", plugins=[broken]).stderr
